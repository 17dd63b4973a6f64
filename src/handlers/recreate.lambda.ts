import { withDurableExecution } from "@aws/durable-execution-sdk-js";
import { createClients } from "../clients/clients.ts";
import { createExecutions } from "../clients/executions.ts";
import { createTelemetry } from "../clients/powertools.ts";
import { createRdsChanges } from "../clients/rds/changes.ts";
import { createRdsDescribe } from "../clients/rds/describe/describe.ts";
import { systemTime } from "../clients/time.ts";
import { readSettings } from "../settings/settings.ts";
import { CHANNEL_LOCK_MS } from "../telling/channel-lock.ts";
import { TELL_BUDGET_MS } from "../telling/tell-operation.ts";
import { createRecreateHandler } from "./recreate.ts";

const settings = readSettings();
const telemetry = createTelemetry();
const clients = createClients(settings, telemetry);
const aws = { traced: telemetry.client };

/** The entry of the recreate function. */
export const handler = telemetry.observed(
  withDurableExecution(
    createRecreateHandler({
      ...settings,
      ...clients,
      rds: { ...clients.rds, ...createRdsChanges(aws), ...createRdsDescribe(aws) },
      executions: createExecutions(aws),
      automatic: settings,
      telemetry,
      time: systemTime,
      channelLockMs: CHANNEL_LOCK_MS,
      tellBudgetMs: TELL_BUDGET_MS,
    }),
  ),
);
