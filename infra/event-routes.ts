import { Stack } from "aws-cdk-lib";
import { CfnRule } from "aws-cdk-lib/aws-events";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { IQueue, Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { routes } from "../src/rules/routes.ts";
import { undeliveredQueue } from "./queues.ts";

/** EventBridge's maximum: 24 hours and 185 retries. Source: EventBridge API, RetryPolicy. */
export const RETRY_POLICY = { maximumEventAgeInSeconds: 86_400, maximumRetryAttempts: 185 };

/** The three EventBridge rules that put RDS events into the queue. */
export class EventRoutes extends Construct {
  /** Events that EventBridge could not put into the queue. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, queue: IQueue) {
    super(scope, id);
    this.deadLetters = undeliveredQueue(this, "the EventBridge rules' targets");
    const { account, region } = Stack.of(this);
    const rules = Object.entries(routes(undefined, { account, region })).map(
      ([name, eventPattern]) =>
        new CfnRule(this, name, {
          description: `RDS events of blue/green deployments: route ${name}`,
          // The L1 construct puts the patterns into the template unchanged, as the tests know them.
          eventPattern,
          state: "ENABLED",
          targets: [{ id: "Queue", arn: queue.queueArn, retryPolicy: RETRY_POLICY, deadLetterConfig: { arn: this.deadLetters.queueArn } }],
        }),
    );
    for (const target of [queue, this.deadLetters]) {
      target.addToResourcePolicy(
        new PolicyStatement({
          sid: "FromRoutes",
          principals: [new ServicePrincipal("events.amazonaws.com")],
          actions: ["sqs:SendMessage"],
          resources: [target.queueArn],
          conditions: { ArnEquals: { "aws:SourceArn": rules.map((rule) => rule.attrArn) } },
        }),
      );
    }
  }
}
