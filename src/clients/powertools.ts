import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Context } from "aws-lambda";
import { createLog } from "./log.ts";
import { createTracing } from "./tracing.ts";

/**
 * Creates a function's logger, metrics and tracer; service, namespace and log level come from Powertools' own environment variables.
 *
 * Source: Powertools for AWS Lambda (TypeScript), "Environment variables".
 */
export function createTelemetry() {
  const logger = new Logger();
  const metrics = new Metrics();
  const tracing = createTracing();
  return {
    log: createLog(logger),
    count: (metric: string) => void metrics.addMetric(metric, MetricUnit.Count, 1),
    seconds: (metric: string, value: number) => void metrics.addMetric(metric, MetricUnit.Seconds, value),
    ...tracing,
    /** Wraps a handler: its log lines name the invocation, and its metrics are sent when it ends, however it ends. */
    observed<Event, Result>(handler: (event: Event, context: Context) => Promise<Result>) {
      return async (event: Event, context: Context): Promise<Result> => {
        logger.addContext(context);
        try {
          return await handler(event, context);
        } finally {
          if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
        }
      };
    },
  };
}
