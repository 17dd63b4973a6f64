import { createClients } from "../clients/clients.ts";
import { createTelemetry } from "../clients/powertools.ts";
import { createQueue } from "../clients/queue.ts";
import { systemTime } from "../clients/time.ts";
import { readSettings } from "../settings/settings.ts";
import { CHANNEL_LOCK_MS } from "../telling/channel-lock.ts";
import { createWatchHandler, TELL_BUDGET_MS } from "./watch.ts";

const settings = readSettings();
const telemetry = createTelemetry();
const clients = createClients(settings, telemetry);
const urls = { queue: settings.queueUrl, deadLetters: settings.deadLettersUrl };
const queue = createQueue(urls, { traced: telemetry.client });

/** The entry of the watch function. */
export const handler = telemetry.observed(
  createWatchHandler({
    ...settings,
    ...clients,
    queue,
    telemetry,
    time: systemTime,
    channelLockMs: CHANNEL_LOCK_MS,
    tellBudgetMs: TELL_BUDGET_MS,
  }),
);
