import type { Metric, Seconds } from "./names.ts";
import type { Span, Tracing } from "./tracing.ts";

/** Where the handlers log what went wrong and what became of events. */
export interface Log {
  info(message: string, details: Record<string, unknown>): void;
  error(message: string, details: Record<string, unknown>): void;
}

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
