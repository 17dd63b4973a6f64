import type { AwsOptions } from "../clients/aws.ts";
import { createAwsCall } from "../clients/aws-call.ts";
import { createQueue } from "../clients/queue.ts";
import { SECRETS_MANAGER } from "../clients/slack/secret-text.ts";
import { createWebhookSecret } from "../clients/webhook/secret.ts";
import type { WebhookSettings } from "../settings/webhook.ts";

/** Connects what the webhook function needs of AWS; `whyNot` says what is wrong with a URL, if not the same as in AWS. */
export function connectWebhook(settings: WebhookSettings, aws: AwsOptions, whyNot?: (url: URL) => string | undefined) {
  return {
    secret: createWebhookSecret(settings.webhookSecret, createAwsCall(SECRETS_MANAGER, aws), whyNot),
    queue: createQueue({ queue: settings.queueUrl, deadLetters: settings.deadLettersUrl }, aws),
  };
}
