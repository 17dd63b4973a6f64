import { queueUrl } from "../local/queue/names.ts";
import type { AwsOptions } from "../src/clients/aws.ts";
import { connect, type Outside } from "../src/handlers/connect.ts";
import { DEFAULTS } from "../src/settings/settings.ts";
import { awsAt, BUS, type Playground, TABLES, TOKEN } from "./playground.ts";
import { type Listen, tapped, tappedFetch } from "./wire.ts";

// On a crowded machine, an answer may take longer than AWS's: a call that is made again would be counted twice.
const TIMEOUT_MS = 60_000;

/** Connects the guard to a playground through its own clients, which report every call to `listen`. */
export function connectedTo<O extends Pick<Outside, "time" | "telemetry">>(
  { url, channel }: Pick<Playground, "url" | "channel">,
  listen: Listen,
  outside: (aws: AwsOptions) => O,
) {
  const aws = tapped({ ...awsAt(url), timeoutMs: TIMEOUT_MS }, listen);
  const settings = {
    ...DEFAULTS,
    operations: false,
    table: TABLES.guard,
    bus: BUS,
    queueUrl: queueUrl(url, "events"),
    deadLettersUrl: queueUrl(url, "dead-letters"),
    slackChannel: channel,
    slackSecret: "",
  };
  const slackAt = { token: async () => TOKEN, channel, apiUrl: `${url}/slack/api/`, fetch: tappedFetch(listen), timeoutMs: TIMEOUT_MS };
  return connect(settings, { aws, slackAt, ...outside(aws) });
}
