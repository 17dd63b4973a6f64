import { nothing, type Rule } from "./rule.ts";

export const replicationResumed: Rule = {
  id: "replication-resumed",
  severity: "info",
  sources: ["db-instance", "db-cluster"],
  eventIds: ["RDS-EVENT-0046", "RDS-EVENT-0415"],
  prefixes: ["Replication for the Read Replica ", "The upgrade process "],
  text: /^(Replication for the Read Replica (has )?resumed|The upgrade process resumed replication)\b/i,
  apartBy: "side",
  read: nothing,
};
