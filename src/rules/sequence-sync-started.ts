import { readPair } from "./read-text.ts";
import { MEMBERS_TOO, type Rule } from "./rule.ts";

export const sequenceSyncStarted: Rule = {
  id: "sequence-sync-started",
  severity: "info",
  sources: MEMBERS_TOO,
  eventIds: ["RDS-EVENT-0307", "RDS-EVENT-0311"],
  prefixes: ["Sequence sync for switchover"],
  text: /^Sequence sync for switchover of .+ has initiated\b/i,
  read: readPair,
};
