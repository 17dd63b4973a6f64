import { nothing, type Rule } from "./rule.ts";

/** The last rule: reports every other event of a blue/green deployment, whatever AWS adds to its table. */
export const otherDeploymentEvent: Rule = {
  id: "other-deployment-event",
  severity: "info",
  meaning: "RDS reported something about the deployment that the guard has no rule for.",
  sources: ["blue-green-deployment"],
  eventIds: [],
  prefixes: [],
  text: /^/,
  read: nothing,
};
