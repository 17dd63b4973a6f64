import type { Span, Tracing } from "./tracing.ts";

/** Where the handlers say what went wrong and what became of events. */
export interface Log {
  info(message: string, details: Record<string, unknown>): void;
  error(message: string, details: Record<string, unknown>): void;
}

/** What the handlers count: RDS events taken, facts told in Slack, deployment events that no rule knows, and messages that failed. */
export type Metric = "EventsSeen" | "FactsTold" | "UnknownEvents" | "EventsFailed";

/** What operators see of the handlers. */
export interface Telemetry extends Pick<Tracing, "span"> {
  log: Log;
  count(metric: Metric): void;
}

/** Runs `work` as a part of the trace that ends with it. */
export async function inSpan<T>({ span }: Pick<Tracing, "span">, name: string, work: (span: Span) => Promise<T>): Promise<T> {
  const opened = span(name);
  try {
    const result = await opened.run(() => work(opened));
    opened.end();
    return result;
  } catch (error) {
    opened.end(error);
    throw error;
  }
}

const NO_SPAN: Span = { run: (work) => work(), note() {}, end() {} };

/** A telemetry that only logs. */
export function logOnly(log: Log = { info() {}, error() {} }): Telemetry {
  return { log, count() {}, span: () => NO_SPAN };
}
