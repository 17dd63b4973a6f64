import { readPair, readText } from "./read-text.ts";
import { MEMBERS_TOO, type Rule } from "./rule.ts";

const TEXT = /^Sequence sync for switchover of .+ was cancell?ed(?: (?:because|due to) (?<reason>.+))?/is;

export const sequenceSyncFailed: Rule = {
  id: "sequence-sync-failed",
  severity: "warning",
  sources: MEMBERS_TOO,
  eventIds: ["RDS-EVENT-0310", "RDS-EVENT-0314"],
  prefixes: ["Sequence sync for switchover"],
  text: TEXT,
  announce: true,
  read: (event) => ({ ...readPair(event), ...readText(event, TEXT) }),
};
