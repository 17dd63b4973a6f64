import type { Span, Tracing } from "./tracing.ts";

/** Where the handlers log what went wrong and what became of events. */
export interface Log {
  info(message: string, details: Record<string, unknown>): void;
  error(message: string, details: Record<string, unknown>): void;
}

/**
 * What the handlers count: RDS events taken, facts told in Slack, deployment events that no rule knows, events of another account or Region,
 * messages that failed, and records that DynamoDB refused to keep.
 */
export type Metric = "EventsSeen" | "FactsTold" | "UnknownEvents" | "ForeignEvents" | "EventsFailed" | "RecordsUnwritable";

/** What the handlers measure in seconds: how long ago the oldest fact happened that is not told in Slack; 0 if there is none. */
export type Seconds = "OldestUntold";

/** What operators see of the handlers. */
export interface Telemetry extends Pick<Tracing, "span"> {
  log: Log;
  count(metric: Metric): void;
  seconds(metric: Seconds, value: number): void;
}

const NO_SPAN: Span = { run: (work) => work(), note() {}, end() {} };

/** Telemetry that only logs. */
export function logOnly(log: Log = { info() {}, error() {} }): Telemetry {
  return { log, count() {}, seconds() {}, span: () => NO_SPAN };
}
