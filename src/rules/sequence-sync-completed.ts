import { readPair } from "./read-text.ts";
import { MEMBERS_TOO, type Rule } from "./rule.ts";

export const sequenceSyncCompleted: Rule = {
  id: "sequence-sync-completed",
  severity: "info",
  sources: MEMBERS_TOO,
  eventIds: ["RDS-EVENT-0308", "RDS-EVENT-0312"],
  prefixes: ["Sequence sync for switchover"],
  text: /^Sequence sync for switchover of .+ has completed\b/i,
  read: readPair,
};
