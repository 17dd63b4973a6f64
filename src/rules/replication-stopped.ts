import { readText } from "./read-text.ts";
import type { Rule } from "./rule.ts";

const TEXT = /^Replication (?:has stopped|streaming has been terminated)\b\.?\s*(?<reason>.+)?/is;

export const replicationStopped: Rule = {
  id: "replication-stopped",
  severity: "warning",
  meaning: "Green has stopped following blue.",
  sources: ["db-instance", "db-cluster"],
  eventIds: ["RDS-EVENT-0045", "RDS-EVENT-0057"],
  prefixes: ["Replication has stopped", "Replication streaming has been terminated"],
  text: TEXT,
  apartBy: "side",
  read: (event) => readText(event, TEXT),
};
