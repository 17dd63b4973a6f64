import { nothing, type Rule } from "./rule.ts";

export const replicationResumed: Rule = {
  id: "replication-resumed",
  severity: "info",
  meaning: "Green follows blue again.",
  sources: ["db-instance", "db-cluster"],
  eventIds: ["RDS-EVENT-0046"],
  prefixes: ["Replication for the Read Replica resumed"],
  text: /^Replication for the Read Replica (has )?resumed\b/i,
  apartBy: "side",
  read: nothing,
};
