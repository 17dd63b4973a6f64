import { AlarmStatusWidget, Dashboard, GraphWidget, type IAlarm, type IMetric } from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import * as words from "../src/messages/language.ts";
import { OPERATION_NAMES } from "../src/operations/index.ts";
import type { Observed, ObservedCommands, ObservedOperations } from "./alarms/list.ts";
import { executionMetric, guardMetric, urlErrors } from "./metrics.ts";

/** Creates the dashboard: what arrived and was reported, what is waiting, what failed. */
export function dashboard(scope: Construct, id: string, observed: Observed, alarms: IAlarm[]): Dashboard {
  const { watch, sweep, queue, deadLetters, operations, commands } = observed;
  return new Dashboard(scope, id, {
    widgets: [
      [new AlarmStatusWidget({ title: "Alarms", alarms, width: 24, height: 3 })],
      [
        graph("Events seen, told, unknown, of elsewhere, failed", [
          guardMetric("EventsSeen"),
          guardMetric("FactsTold"),
          guardMetric("UnknownEvents"),
          guardMetric("ForeignEvents"),
          guardMetric("EventsFailed"),
          guardMetric("RecordsUnwritable"),
        ]),
        graph("Messages in the queue", [
          queue.metricApproximateNumberOfMessagesVisible({ label: "waiting" }),
          queue.metricApproximateNumberOfMessagesNotVisible({ label: "taken, or coming back later" }),
        ]),
      ],
      [
        graph("Oldest message in the queue, and oldest fact not told, seconds ago", [
          queue.metricApproximateAgeOfOldestMessage({ label: "message" }),
          guardMetric("OldestUntold"),
        ]),
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

function operationRows({ functions, release, deadLetters }: ObservedOperations): GraphWidget[][] {
  const ends = { Started: "started", Succeeded: "ended", Failed: "failed", TimedOut: "timed out", Stopped: "stopped" } as const;
  const names = Object.keys(ends) as (keyof typeof ends)[];
  const all = Object.entries({ ...functions, release });
  return [
    OPERATION_NAMES.map((operation) =>
      graph(
        `Executions of ${words.OPERATION_WORDS[operation].noun}s`,
        names.map((name) => executionMetric(functions[operation].handler, `DurableExecution${name}`, ends[name])),
      ),
    ),
    [
      graph(
        "Dead letters of operations",
        Object.entries(deadLetters).map(([label, queue]) => queue.metricApproximateNumberOfMessagesVisible({ label })),
      ),
      graph(
        "Function errors of operations",
        all.map(([label, { handler }]) => handler.metricErrors({ label })),
      ),
    ],
    [
      graph(
        "Function duration of operations, longest, milliseconds",
        all.map(([label, { handler }]) => handler.metricDuration({ label, statistic: "Maximum" })),
      ),
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
