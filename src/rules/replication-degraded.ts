import { readText } from "./read-text.ts";
import { MEMBERS_TOO, type Rule } from "./rule.ts";

const LOG_HOUR = /engine logs? for the timestamp (?<logHour>\d{4}-\d{2}-\d{2}-\d{2})/i;

/**
 * AWS documents neither an id nor a text for these events. The texts are from a live Aurora PostgreSQL deployment: RDS sent the long one
 * for blue's writer and "Replication has been degraded." for green's.
 */
export const replicationDegraded: Rule = {
  id: "replication-degraded",
  severity: "critical",
  sources: MEMBERS_TOO,
  eventIds: [],
  prefixes: ["Data definition language (DDL) changes", "Replication has been degraded"],
  wildcards: ["*REPLICATION_DEGRADED*", "*degraded*"],
  text: /REPLICATION_DEGRADED|\breplication (has been |is |was )?degraded\b|\(DDL\) changes aren.t supported/i,
  announce: true,
  read: (event) => ({ ...readText(event, LOG_HOUR), degraded: true }),
};
