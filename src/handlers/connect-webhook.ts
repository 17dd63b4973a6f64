import type { AwsOptions } from "../clients/aws.ts";
import { createAwsCall } from "../clients/aws-call.ts";
import { createTelemetry } from "../clients/lambda-telemetry.ts";
import { createQueue } from "../clients/queue.ts";
import { SECRETS_MANAGER } from "../clients/slack/secret-text.ts";
import { systemTime } from "../clients/time.ts";
import { postSigned, type WebhookMessage, type WebhookOptions } from "../clients/webhook/post.ts";
import { createWebhookSecret, type WebhookSecret } from "../clients/webhook/secret.ts";
import type { LambdaAws, LambdaTrace } from "../settings/lambda.ts";
import type { WebhookSettings } from "../settings/webhook.ts";

/** How a webhook is called, and which one may be: as in AWS, if both are omitted. */
export interface WebhookAt extends WebhookOptions {
  /** What is wrong with a URL. */
  whyNot?(url: URL): string | undefined;
}

/** Connects what the webhook function needs, from its settings. */
export function connectWebhook(settings: WebhookSettings, aws: AwsOptions, { whyNot, ...at }: WebhookAt = {}) {
  return {
    secret: createWebhookSecret(settings.webhookSecret, createAwsCall(SECRETS_MANAGER, aws), whyNot),
    post: (message: WebhookMessage, secret: WebhookSecret, now: number) => postSigned(message, secret, now, at),
    queue: createQueue({ queue: settings.queueUrl, deadLetters: settings.deadLettersUrl }, aws),
  };
}

/** The same as a function in AWS. */
export function connectWebhookLambda(settings: WebhookSettings, lambda: LambdaAws & LambdaTrace) {
  const telemetry = createTelemetry(lambda);
  const { equip, trace } = telemetry;
  const { region, endpointOf, credentials } = lambda;
  return { ...connectWebhook(settings, { region, endpointOf, credentials, equip, trace }), telemetry, time: systemTime };
}
