import type { Context } from "aws-lambda";
import type { LambdaTrace } from "../settings/lambda.ts";
import { createLog } from "./log.ts";
import { METRICS_NAMESPACE, type Metric, SERVICE, type Seconds } from "./names.ts";
import { createTracing } from "./tracing.ts";

// Source: CloudWatch user guide, "Specification: Embedded metric format", a metric's values.
const MOST_VALUES = 100;

/** Creates a function's log, metrics and tracing. */
export function createTelemetry(lambda: LambdaTrace) {
  const log = createLog(lambda.trace);
  const { take, publish } = createMetrics();
  const { flushed, ...tracing } = createTracing(lambda);
  return {
    log,
    count: (metric: Metric) => take(metric, "Count", 1),
    seconds: (metric: Seconds, value: number) => take(metric, "Seconds", value),
    ...tracing,
    /** Wraps a handler: its log lines name the invocation, and its metrics and traces are sent when it ends, however it ends. */
    observed<Event, Result>(handler: (event: Event, context: Context) => Promise<Result>) {
      return async (event: Event, context: Context): Promise<Result> => {
        log.invoked(context);
        try {
          return await handler(event, context);
        } finally {
          publish();
          await flushed();
        }
      };
    },
  };
}

/** What is counted and measured, as lines of the log that CloudWatch takes as metrics. Source: its user guide, "Embedded metric format". */
function createMetrics() {
  let taken: Record<string, { Unit: "Count" | "Seconds"; values: number[] }> = {};
  function publish(): void {
    const all = Object.entries(taken);
    if (all.length === 0) return;
    const Metrics = all.map(([Name, { Unit }]) => ({ Name, Unit }));
    const CloudWatchMetrics = [{ Namespace: METRICS_NAMESPACE, Dimensions: [["service"]], Metrics }];
    const values = Object.fromEntries(all.map(([name, it]) => [name, it.values.length === 1 ? it.values[0] : it.values]));
    process.stdout.write(`${JSON.stringify({ _aws: { Timestamp: Date.now(), CloudWatchMetrics }, service: SERVICE, ...values })}\n`);
    taken = {};
  }
  function take(metric: string, Unit: "Count" | "Seconds", value: number): void {
    taken[metric] ??= { Unit, values: [] };
    const { values } = taken[metric];
    if (values.push(value) === MOST_VALUES) publish();
  }
  return { take, publish };
}
