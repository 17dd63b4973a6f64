import { Duration } from "aws-cdk-lib";
import { ComparisonOperator, type CreateAlarmOptions, type IMetric, MathExpression, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import type { IQueue } from "aws-cdk-lib/aws-sqs";

/** An alarm: when it goes off, and a sentence that says what happened. */
export interface GuardAlarm extends Omit<CreateAlarmOptions, "alarmDescription" | "alarmName"> {
  metric: IMetric;
  says: string;
  /** What goes off by missing data does so only once there has been some. */
  onceSeen?: true;
}

/** Over five minutes. */
export const FIVE_MINUTES = { period: Duration.minutes(5) };

/** An alarm for errors of a function. */
export function errorsOf({ handler }: { handler: IFunction }, says: string): GuardAlarm {
  return { says, metric: handler.metricErrors(FIVE_MINUTES), ...atLeast(1) };
}

/** An alarm for dead letters in a queue. */
export function deadLettersIn(queue: IQueue, says: string): GuardAlarm {
  // SQS ends a quiet queue's metrics after six hours, even with messages in it: the alarm then keeps its state.
  return {
    says,
    metric: queue.metricApproximateNumberOfMessagesVisible(FIVE_MINUTES),
    ...atLeast(1),
    treatMissingData: TreatMissingData.IGNORE,
  };
}

/** The number of messages in a queue, including those that come back later. SQS counts once a minute. */
export function waitingIn(queue: IQueue): MathExpression {
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

/** Goes off above a number, once. */
export const above = (threshold: number) => ({
  threshold,
  comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
  evaluationPeriods: 1,
  treatMissingData: TreatMissingData.NOT_BREACHING,
});

/** Goes off at a number or above, in so many of so many periods; once if they are left out. */
export const atLeast = (threshold: number, evaluationPeriods = 1, datapointsToAlarm = evaluationPeriods) => ({
  threshold,
  comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
  evaluationPeriods,
  datapointsToAlarm,
  treatMissingData: TreatMissingData.NOT_BREACHING,
});
