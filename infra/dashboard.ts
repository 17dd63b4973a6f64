import { AlarmStatusWidget, Dashboard, GraphWidget, type IAlarm, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import type { Observed, ObservedCommands, ObservedOperations } from "./alarms/list.ts";
import { executionMetric, guardMetric, urlErrors } from "./metrics.ts";

/** Makes the dashboard: what arrived and was told, what waits, what failed. */
export function dashboard(scope: Construct, id: string, observed: Observed, alarms: IAlarm[]): Dashboard {
  const { watch, sweep, queue, deadLetters, operations, commands } = observed;
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
      ...(operations ? operationRows(operations) : []),
      ...(commands ? commandRows(commands) : []),
    ],
  });
}

const graph = (title: string, left: IMetric[]) => new GraphWidget({ title, left, width: 12, leftYAxis: { min: 0 } });

function operationRows({ recreate, switchover, release, deadLetters }: ObservedOperations): GraphWidget[][] {
  const ends = { Started: "started", Succeeded: "ended", Failed: "failed", TimedOut: "timed out", Stopped: "stopped" } as const;
  const names = Object.keys(ends) as (keyof typeof ends)[];
  return [
    [
      graph(
        "Executions of recreations",
        names.map((name) => executionMetric(recreate.handler, `DurableExecution${name}`, ends[name])),
      ),
      graph(
        "Executions of switchovers",
        names.map((name) => executionMetric(switchover.handler, `DurableExecution${name}`, ends[name])),
      ),
    ],
    [
      graph("Dead letters of operations", [
        deadLetters.recreate.metricApproximateNumberOfMessagesVisible({ label: "recreate" }),
        deadLetters.switchover.metricApproximateNumberOfMessagesVisible({ label: "switchover" }),
        deadLetters.release.metricApproximateNumberOfMessagesVisible({ label: "release" }),
      ]),
      graph("Function errors of operations", [
        recreate.handler.metricErrors({ label: "recreate" }),
        switchover.handler.metricErrors({ label: "switchover" }),
        release.handler.metricErrors({ label: "release" }),
      ]),
    ],
    [
      graph("Function duration of operations, longest, milliseconds", [
        recreate.handler.metricDuration({ label: "recreate", statistic: "Maximum" }),
        switchover.handler.metricDuration({ label: "switchover", statistic: "Maximum" }),
        release.handler.metricDuration({ label: "release", statistic: "Maximum" }),
      ]),
    ],
  ];
}

function commandRows({ slack, answer, deadLetters }: ObservedCommands): GraphWidget[][] {
  return [
    [
      graph("Commands and presses from Slack", [
        slack.handler.metricInvocations({ label: "taken" }),
        answer.handler.metricInvocations({ label: "answered" }),
      ]),
      graph("Commands and presses that failed", [
        urlErrors(slack.handler, "not handed on"),
        answer.handler.metricErrors({ label: "answer" }),
        deadLetters.metricApproximateNumberOfMessagesVisible({ label: "dead letters" }),
      ]),
    ],
  ];
}
