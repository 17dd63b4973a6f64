import { AlarmStatusWidget, Dashboard, GraphWidget, type IAlarm, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Observed } from "./alarm-list.ts";
import { guardMetric } from "./metrics.ts";

/** Makes the dashboard: what arrived and was told, what waits, what failed. */
export function dashboard(scope: Construct, id: string, { watch, sweep, queue, deadLetters }: Observed, alarms: IAlarm[]): Dashboard {
  const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12, leftYAxis: { min: 0 } });
  return new Dashboard(scope, id, {
    widgets: [
      [new AlarmStatusWidget({ title: "Alarms", alarms, width: 24, height: 3 })],
      [
        graph("Events seen, told, unknown, failed", [
          guardMetric("EventsSeen"),
          guardMetric("FactsTold"),
          guardMetric("UnknownEvents"),
          guardMetric("EventsFailed"),
        ]),
        graph("Messages in the queue", [
          queue.metricApproximateNumberOfMessagesVisible({ label: "waiting" }),
          queue.metricApproximateNumberOfMessagesNotVisible({ label: "taken, or coming back later" }),
        ]),
      ],
      [
        graph("Age of the oldest message, seconds", [queue.metricApproximateAgeOfOldestMessage()]),
        graph("Dead letters", [
          deadLetters.events.metricApproximateNumberOfMessagesVisible({ label: "events" }),
          deadLetters.deliveries.metricApproximateNumberOfMessagesVisible({ label: "deliveries" }),
          deadLetters.sweeps.metricApproximateNumberOfMessagesVisible({ label: "sweeps" }),
        ]),
      ],
      [
        graph("Function errors", [watch.metricErrors({ label: "watch" }), sweep.metricErrors({ label: "sweep" })]),
        graph("Function duration, longest, milliseconds", [
          watch.metricDuration({ label: "watch", statistic: "Maximum" }),
          sweep.metricDuration({ label: "sweep", statistic: "Maximum" }),
        ]),
      ],
    ],
  });
}
