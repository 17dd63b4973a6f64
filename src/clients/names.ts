import type { OperationName } from "../operations/index.ts";

/** The source of everything on the guard's bus. */
export const BUS_SOURCE = "bluegreen-guard";

/** The pattern of the facts on the guard's bus: all of them, and no request for an operation. */
export const FACTS_ON_BUS = { source: [BUS_SOURCE], detail: { factId: [{ exists: true }] } };

/** The detail types of the events that start an operation. */
export const REQUESTED = { recreate: "Recreate Requested", switchover: "Switchover Requested" } as const satisfies Record<
  OperationName,
  string
>;

/** Name of the table's index of open items: partition key `open`, sort key `rank`, with the attribute `hint`. */
export const OPEN_INDEX = "open";

/**
 * What the handlers count: RDS events taken, facts told in Slack, deployment events that no rule knows, events of another account or Region,
 * messages that failed, and records that DynamoDB refused to keep.
 */
export type Metric = "EventsSeen" | "FactsTold" | "UnknownEvents" | "ForeignEvents" | "EventsFailed" | "RecordsUnwritable";

/** What the handlers measure in seconds: how long ago the oldest fact happened that is not told in Slack; 0 if there is none. */
export type Seconds = "OldestUntold";

/** The guard's name in its logs and metrics. */
export const SERVICE = "bluegreen-guard";

/** The namespace of the metrics that the functions count. */
export const METRICS_NAMESPACE = "BlueGreenGuard";
