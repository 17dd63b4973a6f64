import { nothing, type Rule } from "./rule.ts";

export const deploymentDeleted: Rule = {
  id: "deployment-deleted",
  severity: "info",
  sources: ["blue-green-deployment"],
  eventIds: ["RDS-EVENT-0246"],
  prefixes: ["Blue/green deployment deleted"],
  text: /^Blue\/green deployment (was |has been )?deleted\b/i,
  once: true,
  read: nothing,
};
