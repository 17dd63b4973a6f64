import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, type CreateAlarmOptions, type IMetric, MathExpression, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { MAX_RECEIVE_COUNT } from "../../src/handlers/backoff.ts";
import * as words from "../../src/messages/language.ts";
import { OPERATION_NAMES, type OperationName } from "../../src/operations/index.ts";
import { type ExecutionMetric, executionMetric, guardMetric, urlErrors } from "../metrics.ts";

/** What the alarms and the dashboard observe. */
export interface Observed {
  watch: IFunction;
  sweep: IFunction;
  queue: IQueue;
  /** The dead-letter queues of the queue, the routes and the schedule. */
  deadLetters: { events: IQueue; deliveries: IQueue; sweeps: IQueue };
  operations?: ObservedOperations;
  commands?: ObservedCommands;
}

/** What to observe if Slack sends commands. */
export interface ObservedCommands {
  slack: { handler: IFunction };
  answer: { handler: IFunction };
  deadLetters: IQueue;
}

/** What to observe if the guard recreates and switches over. */
export interface ObservedOperations {
  functions: Readonly<Record<OperationName, { handler: IFunction }>>;
  release: { handler: IFunction };
  deadLetters: Readonly<Record<OperationName | "release", IQueue>>;
}

/** An alarm: when it goes off, and a sentence that says what happened. */
export interface GuardAlarm extends Omit<CreateAlarmOptions, "alarmDescription" | "alarmName"> {
  metric: IMetric;
  says: string;
  /** What goes off by missing data does so only once there has been some. */
  onceSeen?: true;
}

const FIVE_MINUTES = { period: Duration.minutes(5) };

/** The alarms by their article in docs/runbook.md. */
export function alarmList({ watch, sweep, queue, deadLetters, operations, commands }: Observed): Record<string, GuardAlarm> {
  return {
    "event-dead-letters": deadLettersIn(
      deadLetters.events,
      `An RDS event could not be read, or was tried ${MAX_RECEIVE_COUNT} times in vain.`,
    ),
    "delivery-dead-letters": deadLettersIn(deadLetters.deliveries, "EventBridge could not put an RDS event into the guard's queue."),
    "sweep-dead-letters": deadLettersIn(deadLetters.sweeps, "EventBridge Scheduler could not start the sweep."),
    "old-messages": {
      says: "An RDS event has been waiting for more than 15 minutes without being taken.",
      // Twice as long as an event takes whose run was killed (visibility timeout 6 minutes). The metric leaves out messages received three
      // times; "messages-waiting" covers those.
      metric: queue.metricApproximateAgeOfOldestMessage(FIVE_MINUTES),
      ...above(900),
    },
    "oldest-untold": {
      says: "For more than 15 minutes there has been something that Slack was not told.",
      metric: guardMetric("OldestUntold"),
      ...above(900),
    },
    "unwritable-records": {
      says: "DynamoDB refuses to keep what the guard knows of a deployment.",
      metric: guardMetric("RecordsUnwritable"),
      ...atLeast(1),
    },
    "messages-waiting": {
      says: "For 15 minutes the queue has not been empty: an RDS event could not be taken, or very many came at once.",
      metric: waitingIn(queue),
      ...atLeast(1, 15, 13),
    },
    "watch-errors": {
      says: "The watch function ended with an error or ran out of time.",
      metric: watch.metricErrors(FIVE_MINUTES),
      ...atLeast(1),
    },
    "sweep-errors": {
      says: "Two sweeps in 15 minutes ended with an error or ran out of time.",
      metric: sweep.metricErrors(FIVE_MINUTES),
      ...atLeast(1, 3, 2),
    },
    "sweep-stopped": {
      says: "The sweep has not run for 15 minutes: what no event says, nobody is told.",
      metric: sweep.metricInvocations(FIVE_MINUTES),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 3,
      treatMissingData: TreatMissingData.BREACHING,
      onceSeen: true,
    },
    "unknown-events": {
      says: "RDS sent an event of a blue/green deployment that no rule of the guard knows; it was told as it stands.",
      metric: guardMetric("UnknownEvents"),
      ...atLeast(1),
    },
    ...(operations && operationAlarms(operations)),
    ...(commands && commandAlarms(commands)),
  };
}

/** How the alarms of an operation's executions are named and worded. */
const EXECUTIONS: Record<OperationName, { prefix: "" | `${string}-`; longest: string }> = {
  recreate: { prefix: "", longest: "a week" },
  switchover: { prefix: "switchover-", longest: "a day" },
};

function operationAlarms({ functions, release, deadLetters }: ObservedOperations): Record<string, GuardAlarm> {
  const each = (alarms: (name: OperationName) => Record<string, GuardAlarm>) => Object.assign({}, ...OPERATION_NAMES.map(alarms));
  return {
    ...each((name) => executionAlarms(name, functions[name])),
    ...each((name) => ({ [`${name}-errors`]: errorsOf(functions[name], `The ${name} function ended with an error or ran out of time.`) })),
    "release-errors": errorsOf(release, "The release function ended with an error or ran out of time."),
    ...each((name) => ({
      [`${name}-dead-letters`]: deadLettersIn(
        deadLetters[name],
        `A ${words.OPERATION_WORDS[name].noun} that was asked for could not be begun, or ended with an error.`,
      ),
    })),
    "release-dead-letters": deadLettersIn(deadLetters.release, "What a broken execution of an operation holds could not be let go."),
  };
}

function commandAlarms({ slack, answer, deadLetters }: ObservedCommands): Record<string, GuardAlarm> {
  return {
    "slack-errors": {
      says: "A command or press from Slack could not be looked at or handed on.",
      metric: urlErrors(slack.handler),
      ...atLeast(1),
    },
    "answer-errors": errorsOf(answer, "The answer function ended with an error or ran out of time."),
    "answer-dead-letters": deadLettersIn(deadLetters, "A command or press from Slack was tried three times and not answered."),
  };
}

/** Alarms for the ends of executions that the function itself cannot report. */
function executionAlarms(name: OperationName, { handler }: { handler: IFunction }): Record<string, GuardAlarm> {
  const ended = (metric: ExecutionMetric, says: string): GuardAlarm => ({ says, metric: executionMetric(handler, metric), ...atLeast(1) });
  const { prefix, longest } = EXECUTIONS[name];
  const { noun } = words.OPERATION_WORDS[name];
  return {
    [`${prefix}execution-failed`]: ended("DurableExecutionFailed", `The execution of a ${noun} broke off with an error.`),
    [`${prefix}execution-timed-out`]: ended("DurableExecutionTimedOut", `A ${noun} was at work for ${longest} and was ended by Lambda.`),
    [`${prefix}execution-stopped`]: ended("DurableExecutionStopped", `Somebody stopped the execution of a ${noun}.`),
  };
}

function errorsOf({ handler }: { handler: IFunction }, says: string): GuardAlarm {
  return { says, metric: handler.metricErrors(FIVE_MINUTES), ...atLeast(1) };
}

function deadLettersIn(queue: IQueue, says: string): GuardAlarm {
  // SQS ends a quiet queue's metrics after six hours, even with messages in it: the alarm then keeps its state.
  return {
    says,
    metric: queue.metricApproximateNumberOfMessagesVisible(FIVE_MINUTES),
    ...atLeast(1),
    treatMissingData: TreatMissingData.IGNORE,
  };
}

/** The number of messages in a queue, including those that come back later. SQS counts once a minute. */
function waitingIn(queue: IQueue): MathExpression {
  const period = Duration.minutes(1);
  return new MathExpression({
    label: "Messages in the queue",
    expression: "visible + returning",
    usingMetrics: {
      visible: queue.metricApproximateNumberOfMessagesVisible({ period }),
      returning: queue.metricApproximateNumberOfMessagesNotVisible({ period }),
    },
    period,
  });
}

const above = (threshold: number) => ({
  threshold,
  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  evaluationPeriods: 1,
  treatMissingData: TreatMissingData.NOT_BREACHING,
});

const atLeast = (threshold: number, evaluationPeriods = 1, datapointsToAlarm = evaluationPeriods) => ({
  threshold,
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  evaluationPeriods,
  datapointsToAlarm,
  treatMissingData: TreatMissingData.NOT_BREACHING,
});
