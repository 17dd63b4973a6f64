import { createClients } from "../clients/clients.ts";
import { createExecutions } from "../clients/executions.ts";
import { createTelemetry } from "../clients/powertools.ts";
import { createRdsDescribe } from "../clients/rds/describe/describe.ts";
import { createSlackPeople } from "../clients/slack/people.ts";
import { createReplies } from "../clients/slack/replies.ts";
import { createSlackSecret } from "../clients/slack/secret.ts";
import { systemTime } from "../clients/time.ts";
import { readSettings } from "../settings/settings.ts";
import { createAnswerHandler } from "./answer.ts";

const settings = readSettings();
const telemetry = createTelemetry();
const clients = createClients(settings, telemetry);
const aws = { traced: telemetry.client };
const secret = createSlackSecret(settings.slackSecret, aws);
const { slackApiUrl: apiUrl } = settings;

/** The entry of the answer function. */
export const handler = telemetry.observed(
  createAnswerHandler({
    ...settings,
    ...clients,
    rds: { ...clients.rds, ...createRdsDescribe(aws) },
    people: createSlackPeople({ token: async () => (await secret()).botToken, apiUrl, fetch: telemetry.fetch }),
    replies: createReplies({ origin: apiUrl && new URL(apiUrl).origin }),
    executions: createExecutions(aws),
    telemetry,
    time: systemTime,
  }),
);
