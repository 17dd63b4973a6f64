import type { Meaning } from "../rules/rule.ts";

/**
 * The signal of what an operation does in a step of its own.
 *
 * RDS's events are signals of a switchover, too: the operation's have a name apart.
 */
export function operatedSignal(operation: string, step: string): string {
  return `${operation === "switchover" ? "switchover-operation" : operation}-${step}`;
}

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
  { id: "switchover-operation-started", severity: "warning", meaning: "The guard switches the deployment over.", apart: true },
  { id: "switchover-operation-done", severity: "good", meaning: "The switchover that was asked for is done.", apart: true },
  { id: "switchover-operation-refused", severity: "warning", meaning: "The guard did not switch over.", apart: true },
  {
    id: "switchover-operation-cancelled",
    severity: "warning",
    meaning: "The switchover that was asked for did not take place.",
    apart: true,
  },
  { id: "switchover-operation-failed", severity: "critical", meaning: "The switchover failed.", announce: true, apart: true },
  {
    id: "switchover-operation-unclear",
    severity: "critical",
    meaning: "It is not clear how the switchover ended: a person has to look.",
    announce: true,
    apart: true,
  },
];
