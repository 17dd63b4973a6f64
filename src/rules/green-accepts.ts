import { MEMBERS_TOO, nothing, type Rule } from "./rule.ts";

/**
 * Ends the pause of a switchover. In no table of AWS's; one public collection of live events has the words "green environment is now
 * accepting …". Open until the first live one is told: what stands before and after them, and whether RDS files it under the deployment,
 * a cluster or an instance. DescribeEvents finds the words anywhere; the routes take three likely beginnings.
 */
export const greenAccepts: Rule = {
  id: "green-accepts",
  severity: "info",
  sources: MEMBERS_TOO,
  eventIds: [],
  prefixes: ["Green environment is now", "The green environment is now", "green environment is now"],
  text: /\bgreen environment is now accepting\b/i,
  read: nothing,
};
