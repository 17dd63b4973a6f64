import { readPair } from "../read-text.ts";
import { MEMBERS_TOO, type Rule } from "../rule.ts";
import { switchoverStarted } from "../switchover-started.ts";

export const memberSwitchoverStarted: Rule = {
  id: "member-switchover-started",
  severity: "info",
  sources: MEMBERS_TOO,
  eventIds: ["RDS-EVENT-0250", "RDS-EVENT-0259"],
  prefixes: ["Switchover from "],
  text: /^Switchover from .+ to .+ started\b/i,
  foldsInto: switchoverStarted,
  read: readPair,
};
