import { createClients } from "../clients/clients.ts";
import { createExecutions } from "../clients/executions.ts";
import { createTelemetry } from "../clients/powertools.ts";
import { systemTime } from "../clients/time.ts";
import { readSettings } from "../settings/settings.ts";
import { CHANNEL_LOCK_MS } from "../telling/channel-lock.ts";
import { TELL_BUDGET_MS } from "../telling/tell-operation.ts";
import { createReleaseHandler } from "./release.ts";

const settings = readSettings();
const telemetry = createTelemetry();
const clients = createClients(settings, telemetry);

/** The entry of the release function. */
export const handler = telemetry.observed(
  createReleaseHandler({
    ...clients,
    commands: settings.commands,
    executions: createExecutions({ traced: telemetry.client }),
    telemetry,
    time: systemTime,
    channelLockMs: CHANNEL_LOCK_MS,
    tellBudgetMs: TELL_BUDGET_MS,
  }),
);
