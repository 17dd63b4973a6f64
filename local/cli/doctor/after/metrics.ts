import { ListMetricsCommand } from "@aws-sdk/client-cloudwatch";
import { type DoctorCheck, fail, pass, unknown } from "../check.ts";

/** Whether the alarms about executions look at a metric that there is. */
export const metrics: DoctorCheck = {
  id: "metrics",
  asked: "CloudWatch's ListMetrics: which dimensions DurableExecutionStarted has",
  of: "stack",
  applies: ({ stack }) => stack?.outputs["Recreate"] !== undefined,
  async ask({ cloudwatch }) {
    const { Metrics = [] } = await cloudwatch.send(
      new ListMetricsCommand({ Namespace: "AWS/Lambda", MetricName: "DurableExecutionStarted" }),
    );
    const kinds = [...new Set(Metrics.map(({ Dimensions = [] }) => Dimensions.map(({ Name }) => Name).join(" and ")))];
    if (kinds.length === 0)
      return unknown(
        "there is no such metric yet",
        "Whether the alarms about executions see anything is not known.",
        "Run doctor again in 15 minutes: its own executions are counted then.",
      );
    if (kinds.includes("FunctionName")) return pass(kinds.join("; "), "The alarms about executions look at a metric that there is.");
    return fail(
      kinds.join("; "),
      "The alarms about executions look at FunctionName alone, and stay silent.",
      "Report this with the file that --record writes.",
    );
  },
};
