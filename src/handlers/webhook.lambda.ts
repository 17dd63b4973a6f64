import { readLambda } from "../settings/lambda.ts";
import { readWebhookSettings } from "../settings/webhook.ts";
import { connectWebhookLambda } from "./connect-webhook.ts";
import { withWebhookSelfTest } from "./self-test/webhook.ts";
import { createWebhookHandler } from "./webhook.ts";

const webhook = connectWebhookLambda(readWebhookSettings(), readLambda());

/** The entry point of the webhook function. */
export const handler = webhook.telemetry.observed(withWebhookSelfTest(webhook, createWebhookHandler(webhook)));
