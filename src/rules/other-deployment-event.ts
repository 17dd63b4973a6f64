import { nothing, type Rule } from "./rule.ts";

/** The last rule: reports every other event of a blue/green deployment, whatever AWS adds to its table. */
export const otherDeploymentEvent: Rule = {
  id: "other-deployment-event",
  severity: "info",
  sources: ["blue-green-deployment"],
  eventIds: [],
  prefixes: [],
  text: /^/,
  read: nothing,
};
