import { readDeploymentName, readText, saysDegraded } from "./read-text.ts";
import type { Rule } from "./rule.ts";

const TEXT = /^Switchover (?:was )?cancell?ed on blue\/green deployment\b.*?(?:(?:due to|because)(?: of)? (?<reason>.+))?$/is;

export const switchoverCancelled: Rule = {
  id: "switchover-cancelled",
  severity: "critical",
  sources: ["blue-green-deployment"],
  eventIds: ["RDS-EVENT-0249"],
  prefixes: ["Switchover canceled on blue/green deployment", "Switchover cancelled on blue/green deployment"],
  text: TEXT,
  announce: true,
  read: (event) => ({
    ...(/due to|because/i.test(event.message) ? {} : readDeploymentName(event)),
    ...readText(event, TEXT),
    ...(saysDegraded(event.message) && { degraded: true }),
  }),
};
