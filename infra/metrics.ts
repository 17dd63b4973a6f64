import { Duration } from "aws-cdk-lib";
import { Metric as CloudWatchMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { METRICS_NAMESPACE, type Metric, SERVICE, type Seconds } from "../src/clients/names.ts";

/** The metrics that the functions count themselves. */
export type GuardMetric = Metric | Seconds;

/** A metric of all functions together over five minutes: its sum, or the longest. */
export function guardMetric(metricName: GuardMetric): CloudWatchMetric {
  return new CloudWatchMetric({
    namespace: METRICS_NAMESPACE,
    dimensionsMap: { service: SERVICE },
    metricName,
    statistic: metricName === "OldestUntold" ? "Maximum" : "Sum",
    period: Duration.minutes(5),
  });
}

/** How often a function URL returned a 5xx status in five minutes. Source: Lambda developer guide, "Monitoring Lambda function URLs". */
export function urlErrors({ functionName }: IFunction, label?: string): CloudWatchMetric {
  const dimensionsMap = { FunctionName: functionName };
  return new CloudWatchMetric({
    namespace: "AWS/Lambda",
    dimensionsMap,
    metricName: "Url5xxCount",
    label,
    statistic: "Sum",
    period: Duration.minutes(5),
  });
}

/** Lambda's metrics for the start and the end of executions. Source: Lambda developer guide, "Monitoring durable functions". */
export type ExecutionMetric =
  | "DurableExecutionStarted"
  | "DurableExecutionSucceeded"
  | "DurableExecutionFailed"
  | "DurableExecutionTimedOut"
  | "DurableExecutionStopped";

/** A metric of a durable function's executions: its sum over five minutes. */
export function executionMetric({ functionName }: IFunction, metricName: ExecutionMetric, label?: string): CloudWatchMetric {
  const dimensionsMap = { FunctionName: functionName };
  return new CloudWatchMetric({ namespace: "AWS/Lambda", dimensionsMap, metricName, label, statistic: "Sum", period: Duration.minutes(5) });
}
