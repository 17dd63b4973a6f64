import { Duration } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { SqsQueue } from "aws-cdk-lib/aws-events-targets";
import type { ISecret } from "aws-cdk-lib/aws-secretsmanager";
import { Construct } from "constructs";
import { FACTS_ON_BUS } from "../src/clients/names.ts";
import { WEBHOOK_BATCHES, WEBHOOK_TIMEOUT_SECONDS } from "../src/handlers/backoff.ts";
import { PLACES, webhookSecret } from "../src/settings/places.ts";
import { RETRY_POLICY } from "./event-routes.ts";
import { GuardFunction, type GuardFunctionCommon } from "./guard-function.ts";
import { allow, readSecret, takeFrom, writeLogs } from "./permissions/permissions.ts";
import { EventQueue } from "./queues.ts";
import { secretIdOf } from "./slack-secret.ts";

/** Options for a webhook. */
export interface WebhookProps {
  common: GuardFunctionCommon;
  /** Holds the webhook's URL and the key that facts are signed with. */
  secret: ISecret;
}

const TIMEOUT = Duration.seconds(WEBHOOK_TIMEOUT_SECONDS);

/** What brings the facts of the guard's bus to a webhook: a rule, a queue and a function. */
export class Webhook extends Construct {
  readonly facts: EventQueue;
  readonly webhook: GuardFunction;

  constructor(scope: Construct, id: string, { common, secret }: WebhookProps) {
    super(scope, id);
    this.facts = new EventQueue(this, "Facts", TIMEOUT);
    const { queue, deadLetters } = this.facts;
    this.webhook = new GuardFunction(this, "Webhook", {
      ...common,
      name: "webhook",
      description: "Blue/Green Guard: posts facts to the webhook",
      environment: {
        [webhookSecret.variable]: secretIdOf(this, secret),
        [PLACES.queueUrl.variable]: queue.queueUrl,
        [PLACES.deadLettersUrl.variable]: deadLetters.queueUrl,
      },
      timeout: TIMEOUT,
      tracing: false,
      only: (logs) => [
        writeLogs(logs),
        readSecret("ReadWebhookSecret", secret),
        takeFrom("TakeFacts", queue),
        allow("SetRefusedAside", ["sqs:SendMessage"], [deadLetters.queueArn]),
      ],
      permissions: [],
    });
    const { handler } = this.webhook;
    secret.encryptionKey?.grantDecrypt(handler);
    handler.addEventSourceMapping("Facts", { eventSourceArn: queue.queueArn, reportBatchItemFailures: true, ...WEBHOOK_BATCHES });
    const { maximumEventAgeInSeconds, maximumRetryAttempts: retryAttempts } = RETRY_POLICY;
    const maxEventAge = Duration.seconds(maximumEventAgeInSeconds);
    new Rule(this, "Rule", {
      description: "Blue/Green Guard: brings facts to the webhook's queue",
      eventBus: common.resources.bus,
      eventPattern: FACTS_ON_BUS,
      targets: [new SqsQueue(queue, { deadLetterQueue: deadLetters, retryAttempts, maxEventAge })],
    });
  }
}
