import { readText } from "./read-text.ts";
import type { Rule } from "./rule.ts";

const TEXT = /^RDS can.t configure the DB cluster (?<blue>\S+) as a replication source because of (?<reason>[^.]+)/i;

export const creationHeldUp: Rule = {
  id: "creation-held-up",
  severity: "warning",
  sources: ["db-cluster", "db-instance"],
  eventIds: ["RDS-EVENT-0426"],
  prefixes: ["RDS can't configure the DB cluster"],
  text: TEXT,
  announce: true,
  read: (event) => readText(event, TEXT),
};
