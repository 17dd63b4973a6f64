import { nothing, type Rule } from "./rule.ts";

export const engineUpgradeFinished: Rule = {
  id: "engine-upgrade-finished",
  severity: "info",
  sources: ["db-cluster", "db-instance"],
  eventIds: ["RDS-EVENT-0173", "RDS-EVENT-0176", "RDS-EVENT-0268"],
  prefixes: ["Database cluster engine ", "The engine version upgrade "],
  text: /^(Database cluster engine (major )?version has been upgraded|The engine version upgrade finished)\b/i,
  apartBy: "side",
  read: nothing,
};
