import type { Span, Tracing } from "./tracing.ts";

/** Where the handlers log what went wrong and what became of events. */
export interface Log {
  info(message: string, details: Record<string, unknown>): void;
  error(message: string, details: Record<string, unknown>): void;
}

/**
 * What the handlers count: RDS events taken, facts told in Slack, deployment events that no rule knows, events of another account or Region,
 * and messages that failed.
 */
export type Metric = "EventsSeen" | "FactsTold" | "UnknownEvents" | "ForeignEvents" | "EventsFailed";

/** What operators see of the handlers. */
export interface Telemetry extends Pick<Tracing, "span"> {
  log: Log;
  count(metric: Metric): void;
}

const NO_SPAN: Span = { run: (work) => work(), note() {}, end() {} };

/** Telemetry that only logs. */
export function logOnly(log: Log = { info() {}, error() {} }): Telemetry {
  return { log, count() {}, span: () => NO_SPAN };
}
