import { createClients } from "../clients/clients.ts";
import { createTelemetry } from "../clients/powertools.ts";
import { systemTime } from "../clients/time.ts";
import { readSettings } from "../settings/settings.ts";
import { CHANNEL_LOCK_MS } from "../telling/channel-lock.ts";
import { createSweepHandler, TELL_BUDGET_MS } from "./sweep.ts";

const settings = readSettings();
const telemetry = createTelemetry();
const clients = createClients(settings, telemetry);

/** The entry of the sweep function. */
export const handler = telemetry.observed(
  createSweepHandler({
    ...settings,
    ...clients,
    telemetry,
    time: systemTime,
    channelLockMs: CHANNEL_LOCK_MS,
    tellBudgetMs: TELL_BUDGET_MS,
  }),
);
