import { PLACES, webhookSecret } from "./places.ts";
import { type Environment, readFrom, type Values } from "./read.ts";

const WEBHOOK = { webhookSecret, queueUrl: PLACES.queueUrl, deadLettersUrl: PLACES.deadLettersUrl };

/** What the webhook function reads from its environment: the secret's name or ARN, and the URLs of its own queues. */
export type WebhookSettings = Values<typeof WEBHOOK>;

/** Reads the settings of the webhook function. @throws SettingsError that names every missing or invalid variable */
export const readWebhookSettings = (environment: Environment = process.env): WebhookSettings => readFrom(WEBHOOK, environment);
