import { Duration } from "aws-cdk-lib";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";

/** What Powertools calls the guard in logs, traces and metrics. */
export const POWERTOOLS = {
  POWERTOOLS_SERVICE_NAME: "bluegreen-guard",
  POWERTOOLS_METRICS_NAMESPACE: "BlueGreenGuard",
  POWERTOOLS_LOG_LEVEL: "INFO",
} as const;

/** The metrics that the functions count themselves. */
export type GuardMetric = "EventsSeen" | "FactsTold" | "UnknownEvents" | "EventsFailed";

/** A metric of both functions together: its sum over five minutes. */
export function guardMetric(metricName: GuardMetric): Metric {
  return new Metric({
    namespace: POWERTOOLS.POWERTOOLS_METRICS_NAMESPACE,
    dimensionsMap: { service: POWERTOOLS.POWERTOOLS_SERVICE_NAME },
    metricName,
    statistic: "Sum",
    period: Duration.minutes(5),
  });
}
