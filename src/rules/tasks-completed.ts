import { nothing, type Rule } from "./rule.ts";

export const tasksCompleted: Rule = {
  id: "tasks-completed",
  severity: "info",
  sources: ["blue-green-deployment"],
  eventIds: ["RDS-EVENT-0244"],
  prefixes: ["Blue/green deployment tasks completed"],
  text: /^Blue\/green deployment tasks completed\b/i,
  once: true,
  read: nothing,
};
