import { nothing, type Rule } from "./rule.ts";

export const tasksCompleted: Rule = {
  id: "tasks-completed",
  severity: "good",
  meaning: "Green is built and the deployment can be switched over.",
  sources: ["blue-green-deployment"],
  eventIds: ["RDS-EVENT-0244"],
  prefixes: ["Blue/green deployment tasks completed"],
  text: /^Blue\/green deployment tasks completed\b/i,
  once: true,
  announce: true,
  read: nothing,
};
