import type { Meaning } from "../rules/rule.ts";

/** What the guard's own operations have to say: no RDS event and no look at the API tells it. */
export const OPERATED: readonly Meaning[] = [
  {
    id: "recreate-announced",
    severity: "warning",
    meaning: "The policy lets the guard recreate by itself.",
    announce: true,
    apart: true,
  },
  {
    id: "recreate-asking",
    severity: "warning",
    meaning: "The policy lets the guard recreate by itself, but a person has to look at this one.",
    announce: true,
    apart: true,
  },
  {
    id: "recreate-started",
    severity: "warning",
    meaning: "The guard deletes the deployment with green and creates it again.",
    apart: true,
  },
  { id: "recreate-done", severity: "good", meaning: "The deployment was created again.", announce: true, apart: true },
  { id: "recreate-refused", severity: "warning", meaning: "The guard did not recreate.", apart: true },
  { id: "recreate-cancelled", severity: "warning", meaning: "The recreation was stopped by a person.", announce: true, apart: true },
  { id: "recreate-failed", severity: "critical", meaning: "The recreation failed.", announce: true, apart: true },
];
