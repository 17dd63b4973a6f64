import type { AwsOptions } from "../clients/aws.ts";
import { type Bus, createBus } from "../clients/bus.ts";
import { createExecutions, runningIn } from "../clients/executions.ts";
import { createMetrics } from "../clients/metrics.ts";
import { createQueue } from "../clients/queue.ts";
import { createRdsChanges, type RdsChanges } from "../clients/rds/changes.ts";
import { createRdsDescribe, type RdsDescribe } from "../clients/rds/describe/describe.ts";
import { createRds, type Rds } from "../clients/rds/rds.ts";
import { createRecords, type Records } from "../clients/records.ts";
import { createSlackPeople } from "../clients/slack/people.ts";
import { createReplies, originOfReplies } from "../clients/slack/replies.ts";
import { createSlackSecret } from "../clients/slack/secret.ts";
import { createSlack, type Slack, type SlackOptions } from "../clients/slack/slack.ts";
import type { Telemetry } from "../clients/telemetry.ts";
import type { Time } from "../clients/time.ts";
import { slackForm } from "../messages/slack/form.ts";
import type { Settings } from "../settings/settings.ts";

/** How long the watch function spends telling, out of the 60 s that it may run. */
export const WATCH_TELLS_MS = 40_000;

/** How long the sweep function takes events and tells, out of the 180 s that it may run. */
export const SWEEP_TELLS_MS = 120_000;

/** How long the operations' functions spend telling at a time. */
export const OPERATION_TELLS_MS = 30_000;

/** Creates the guard from its settings: what all its handlers need. */
export function connect<S extends ConnectSettings, O extends Outside>(settings: S, outside: O) {
  const {
    aws,
    fetch,
    rds = createRds(aws),
    records = createRecords(settings.table, aws),
    bus = createBus(settings.bus, aws),
    slackAt = { token: tokenIn(settings.slackSecret, aws), channel: settings.slackChannel, apiUrl: settings.slackApiUrl, fetch },
    slack = createSlack(slackAt),
  } = outside;
  const form = slackForm(settings.commands, settings.accountName);
  return { ...settings, form, ...outside, rds, records, bus, slackAt, slack };
}

function tokenIn(name: string, aws: AwsOptions): (anew?: boolean) => Promise<string> {
  const secret = createSlackSecret(name, aws);
  return async (anew) => (await secret(anew)).botToken;
}

/** The settings from which the guard is connected; a name is not used if `Outside` has what it names. */
export type ConnectSettings = Pick<Settings, "table" | "bus" | "slackSecret" | "slackChannel" | "slackApiUrl" | "commands" | "accountName">;

/** What the guard is connected to; what is omitted is created from the names in the settings. */
export interface Outside {
  /** Where AWS is. */
  aws: AwsOptions;
  /** How Slack is called, and as whom; if omitted, the Slack secret holds the token, and `fetch` makes the calls. */
  slackAt?: SlackOptions;
  fetch?: typeof fetch;
  rds?: Rds;
  records?: Records;
  bus?: Bus;
  slack?: Slack;
  telemetry: Telemetry;
  time: Time;
}

/** What the other parts of a guard are made from. */
export interface Connected {
  rds: Rds;
  aws: AwsOptions;
  slackAt: SlackOptions;
}

/** Creates the RDS client that looks, plans and changes; if `aws` is omitted, the SDK's own environment says where AWS is. */
export const rdsAt = (aws?: AwsOptions): Rds & RdsChanges & RdsDescribe => ({
  ...createRds(aws),
  ...createRdsChanges(aws),
  ...createRdsDescribe(aws),
});

/** What a person shares with a deployed guard: its records, and the bus that starts operations. */
export const deskAt = ({ table, bus }: Pick<Settings, "table" | "bus">, aws: AwsOptions): { records: Records; bus: Bus } => ({
  records: createRecords(table, aws),
  bus: createBus(bus, aws),
});

/** The same guard, which also asks CloudWatch how far green lags. */
export const withMetrics = <G extends Connected>(guard: G) => ({ ...guard, metrics: createMetrics(guard.aws) });

/** The same guard, which also asks Lambda about durable executions, and wakes them. */
export const withExecutions = <G extends Connected>(guard: G) => ({ ...guard, executions: createExecutions(guard.aws) });

/** The same guard, which also knows whether the execution that holds a database can still change something. */
export const withRunning = <G extends Connected>(guard: G) => {
  const executions = createExecutions(guard.aws);
  return { ...guard, executions, isRunning: runningIn(executions) };
};

/** The same guard, which may also change deployments. */
export const withChanges = <G extends Connected>(guard: G) => ({
  ...guard,
  rds: { ...guard.rds, ...createRdsChanges(guard.aws) },
});

/** The same guard, which also asks RDS and IAM what a plan needs. */
export const withDescribe = <G extends Connected>(guard: G) => ({
  ...guard,
  rds: { ...guard.rds, ...createRdsDescribe(guard.aws) },
});

/** The same guard, which can also try out its channel and take back what it posted there. */
export const withTrial = <G extends Connected>(guard: G) => ({ ...guard, trial: createSlack(guard.slackAt) });

/** The same guard, which can also return messages to the event queue. */
export const withQueue = <G extends Connected & Pick<Settings, "queueUrl" | "deadLettersUrl">>(guard: G) => ({
  ...guard,
  queue: createQueue({ queue: guard.queueUrl, deadLetters: guard.deadLettersUrl }, guard.aws),
});

/** The same guard, which also knows people in Slack and answers them. */
export const withPeople = <G extends Connected>(guard: G) => ({
  ...guard,
  people: createSlackPeople(guard.slackAt),
  replies: createReplies({ origin: guard.slackAt.apiUrl && originOfReplies(guard.slackAt.apiUrl) }),
});
