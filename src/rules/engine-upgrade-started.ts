import { nothing, type Rule } from "./rule.ts";

export const engineUpgradeStarted: Rule = {
  id: "engine-upgrade-started",
  severity: "info",
  sources: ["db-cluster", "db-instance"],
  eventIds: ["RDS-EVENT-0267", "RDS-EVENT-0286", "RDS-EVENT-0417"],
  prefixes: ["Database cluster engine ", "The engine version upgrade "],
  text: /^(Database cluster engine|The engine)( \S+)? version upgrade started\b/i,
  apartBy: "side",
  read: nothing,
};
