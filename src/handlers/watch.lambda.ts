import { createClients } from "../clients/clients.ts";
import { createTelemetry } from "../clients/telemetry.ts";
import { systemTime } from "../clients/time.ts";
import { readSettings } from "../settings.ts";
import { HOLD_MS } from "./channel.ts";
import { createWatchHandler, TELL_BUDGET_MS } from "./watch.ts";

const settings = readSettings();
const telemetry = createTelemetry();
const clients = createClients(settings, telemetry);

/** The entry of the watch function. */
export const handler = telemetry.observed(
  createWatchHandler({ ...settings, ...clients, telemetry, time: systemTime, holdMs: HOLD_MS, tellBudgetMs: TELL_BUDGET_MS }),
);
