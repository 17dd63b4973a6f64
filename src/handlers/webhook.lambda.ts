import { createTelemetry } from "../clients/lambda-telemetry.ts";
import { systemTime } from "../clients/time.ts";
import { readLambda } from "../settings/lambda.ts";
import { readWebhookSettings } from "../settings/webhook.ts";
import { connectWebhook } from "./connect-webhook.ts";
import { withWebhookSelfTest } from "./self-test/webhook.ts";
import { createWebhookHandler } from "./webhook.ts";

const lambda = readLambda();
const telemetry = createTelemetry(lambda);
const { equip, trace } = telemetry;
const { region, endpointOf, credentials } = lambda;
const connected = connectWebhook(readWebhookSettings(), { region, endpointOf, credentials, equip, trace });
const webhook = { ...connected, telemetry, time: systemTime };

/** The entry point of the webhook function. */
export const handler = telemetry.observed(withWebhookSelfTest(webhook, createWebhookHandler(webhook)));
