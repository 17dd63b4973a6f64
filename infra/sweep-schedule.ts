import { Duration, Stack } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { CfnSchedule } from "aws-cdk-lib/aws-scheduler";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { undeliveredQueue } from "./queues.ts";

const INTERVAL = Duration.minutes(5);

/** Starts the sweep every five minutes. */
export class SweepSchedule extends Construct {
  /** Invocations that EventBridge Scheduler could not deliver to Lambda. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, sweep: IFunction) {
    super(scope, id);
    this.deadLetters = undeliveredQueue(this, "EventBridge Scheduler");
    // The next sweep picks up what a failed one left.
    sweep.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: INTERVAL });
    const role = new Role(this, "Role", { assumedBy: schedulerOf(Stack.of(this)) });
    role.addToPolicy(new PolicyStatement({ sid: "StartSweep", actions: ["lambda:InvokeFunction"], resources: [sweep.functionArn] }));
    role.addToPolicy(
      new PolicyStatement({ sid: "SetUndeliveredAside", actions: ["sqs:SendMessage"], resources: [this.deadLetters.queueArn] }),
    );
    const schedule = new CfnSchedule(this, "Schedule", {
      description: "Blue/Green Guard: starts the sweep",
      scheduleExpression: `rate(${INTERVAL.toMinutes()} minutes)`,
      flexibleTimeWindow: { mode: "OFF" },
      target: {
        arn: sweep.functionArn,
        roleArn: role.roleArn,
        retryPolicy: { maximumEventAgeInSeconds: INTERVAL.toSeconds(), maximumRetryAttempts: 5 },
        deadLetterConfig: { arn: this.deadLetters.queueArn },
      },
    });
    schedule.node.addDependency(role);
  }
}

/** EventBridge Scheduler, for this account's default schedule group only. Source: its user guide, "Confused deputy prevention". */
function schedulerOf(stack: Stack): ServicePrincipal {
  const group = stack.formatArn({ service: "scheduler", resource: "schedule-group", resourceName: "default" });
  return new ServicePrincipal("scheduler.amazonaws.com", {
    conditions: { StringEquals: { "aws:SourceAccount": stack.account, "aws:SourceArn": group } },
  });
}
