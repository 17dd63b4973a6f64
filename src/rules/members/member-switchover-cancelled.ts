import { readPair, readText, saysDegraded } from "../read-text.ts";
import { MEMBERS_TOO, type Rule } from "../rule.ts";
import { switchoverCancelled } from "../switchover-cancelled.ts";

const TEXT = /^Switchover from .+? to .+? (?:was |has been )?cancell?ed(?: (?:due to|because)(?: of)? (?<reason>.+))?/is;

export const memberSwitchoverCancelled: Rule = {
  id: "member-switchover-cancelled",
  severity: "critical",
  sources: MEMBERS_TOO,
  eventIds: ["RDS-EVENT-0252", "RDS-EVENT-0261"],
  prefixes: ["Switchover from "],
  text: TEXT,
  foldsInto: switchoverCancelled,
  read: (event) => ({
    ...readPair(event),
    ...readText(event, TEXT),
    ...(saysDegraded(event.message) && { degraded: true }),
  }),
};
