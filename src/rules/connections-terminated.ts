import { MEMBERS_TOO, nothing, type Rule } from "./rule.ts";

/**
 * Begins the pause of a switchover. In no table of AWS's; one public collection of live events has the beginning "Starting to terminate
 * connections and user processes in the blue environment at …". Open until the first live one is told: what follows, and whether RDS
 * files it under the deployment, a cluster or an instance. Only then can the pause be counted from it.
 */
export const connectionsTerminated: Rule = {
  id: "connections-terminated",
  severity: "info",
  sources: MEMBERS_TOO,
  eventIds: [],
  prefixes: ["Starting to terminate "],
  text: /^Starting to terminate (connections\b|.*\bin the blue environment\b)/is,
  read: nothing,
};
