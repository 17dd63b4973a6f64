import { readDeploymentName, readPair } from "./read-text.ts";
import type { Rule } from "./rule.ts";

export const switchoverStarted: Rule = {
  id: "switchover-started",
  severity: "info",
  sources: ["blue-green-deployment"],
  eventIds: ["RDS-EVENT-0247"],
  prefixes: ["Switchover started on blue/green deployment", "Switchover from "],
  // AWS documents "from {blue} to {green}", but live events name the deployment.
  text: /^Switchover (from (?!DB cluster|primary|read replica).+ to .+ )?started( on blue\/green deployment.*)?\.?$/i,
  announce: true,
  read: (event) => ({ ...readPair(event), ...readDeploymentName(event) }),
};
