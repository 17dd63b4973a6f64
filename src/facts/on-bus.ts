import type { SignalId } from "../rules/signal-id.ts";

/** What a fact is called on the bus that has no name of its own there. */
export const OTHER_FACT = "Deployment Fact";

/** The `detail-type` of a fact on the guard's event bus. */
export type BusFactType =
  | typeof OTHER_FACT
  | "Deployment Ready"
  | "Deployment Degraded"
  | "Switchover Completed"
  | "Switchover Partly Completed"
  | "Operation Started"
  | "Operation Finished"
  | "Operation Failed";

const TYPES: Partial<Record<SignalId, BusFactType>> = {
  ready: "Deployment Ready",
  "replication-degraded": "Deployment Degraded",
  "shown-degraded": "Deployment Degraded",
  "switched-over": "Switchover Completed",
  "partly-switched-over": "Switchover Partly Completed",
  "recreate-started": "Operation Started",
  "recreate-done": "Operation Finished",
  "recreate-cancelled": "Operation Failed",
  "recreate-failed": "Operation Failed",
  "switchover-operation-started": "Operation Started",
  "switchover-operation-done": "Operation Finished",
  "switchover-operation-cancelled": "Operation Failed",
  "switchover-operation-partly": "Operation Failed",
  "switchover-operation-failed": "Operation Failed",
  "switchover-operation-unclear": "Operation Failed",
};

/** What facts of a signal are called on the bus. */
export const busTypeOf = (signal: SignalId): BusFactType => TYPES[signal] ?? OTHER_FACT;

/** True for a signal whose facts are always on the bus; the others are there for a webhook. */
export const isOnBus = (signal: SignalId): boolean => TYPES[signal] !== undefined;
