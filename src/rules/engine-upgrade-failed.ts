import { readText } from "./read-text.ts";
import type { Rule } from "./rule.ts";

const REASON = /(?:can.t be upgraded\.|cannot be upgraded:|because)\s+(?<reason>.+)/is;

export const engineUpgradeFailed: Rule = {
  id: "engine-upgrade-failed",
  severity: "critical",
  sources: ["db-cluster", "db-instance"],
  eventIds: ["RDS-EVENT-0085", "RDS-EVENT-0158", "RDS-EVENT-0174", "RDS-EVENT-0188", "RDS-EVENT-0270", "RDS-EVENT-0412"],
  prefixes: [
    "Database cluster is in a state",
    "Database instance is in a state",
    "The DB engine version upgrade failed",
    "The DB instance is in a state",
    "The pre-check for the database cluster",
    "Unable to upgrade DB cluster",
  ],
  text: /^(Database (cluster|instance) is in a state that cannot be upgraded|The DB engine version upgrade failed|The DB instance is in a state that can.t be upgraded|The pre-check for the database cluster engine version upgrade failed|Unable to upgrade DB cluster)/i,
  announce: true,
  apartBy: "database",
  read: (event) => readText(event, REASON),
};
