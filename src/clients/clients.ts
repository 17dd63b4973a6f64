import type { Settings } from "../settings/settings.ts";
import { createBus } from "./bus.ts";
import { createDeliveries } from "./deliveries.ts";
import { createRds } from "./rds/rds.ts";
import { createRecords } from "./records.ts";
import { createSlackSecret } from "./slack/secret.ts";
import { createSlack } from "./slack/slack.ts";
import type { Tracing } from "./tracing.ts";

/** Makes the clients that every function has in AWS, their calls traced; region, credentials and endpoints are the SDK's own. */
export function createClients(settings: Settings, { client: traced, fetch }: Pick<Tracing, "client" | "fetch">) {
  const aws = { traced };
  const secret = createSlackSecret(settings.slackSecret, aws);
  return {
    rds: createRds(aws),
    records: createRecords(settings.table, aws),
    deliveries: createDeliveries(settings.table, aws),
    bus: createBus(settings.bus, aws),
    slack: createSlack({
      token: async () => (await secret()).botToken,
      channel: settings.slackChannel,
      apiUrl: settings.slackApiUrl,
      fetch,
    }),
  };
}
