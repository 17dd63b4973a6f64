import { readDeploymentName } from "./read-text.ts";
import type { Rule } from "./rule.ts";

export const switchoverCompleted: Rule = {
  id: "switchover-completed",
  severity: "good",
  sources: ["blue-green-deployment"],
  eventIds: ["RDS-EVENT-0248"],
  prefixes: ["Switchover completed on blue/green deployment"],
  text: /^Switchover completed on blue\/green deployment\b/i,
  once: true,
  read: readDeploymentName,
};
