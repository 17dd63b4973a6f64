import { mkdir, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { RDSClient } from "@aws-sdk/client-rds";
import { ScaledClock } from "../local/clock.ts";
import { openLocalGuard } from "../local/guard.ts";
import { createGuardHost, type GuardHost } from "../local/guard-host.ts";
import { EventSource } from "../local/queue/event-source.ts";
import { deadLettersName, queueUrl, REGION } from "../local/queue/names.ts";
import { Queue } from "../local/queue/queue.ts";
import { ensureTable, openRecordsServer, type RecordsServer } from "../local/records-server.ts";
import type { AwsOptions } from "../src/clients/aws.ts";
import { type Log, logOnly } from "../src/clients/telemetry.ts";
import { BATCHES, MAX_RECEIVE_COUNT } from "../src/handlers/backoff.ts";
import { deskAt } from "../src/handlers/connect.ts";
import { journalling } from "./journal.ts";
import type { LabOptions } from "./lab-options.ts";
import { ANSWER, NAME, PRINCIPAL, QUEUE, WEBHOOK_QUEUE, WEBHOOK_SECRET } from "./names.ts";
import type { Lab } from "./opened-lab.ts";
import { playOutside } from "./outside.ts";
import { deliverRequests } from "./requests.ts";
import { SIGNING_SECRET, TOKEN } from "./secrets.ts";
import { addressOf, startServer } from "./server.ts";
import { OPERATORS } from "./slack/people.ts";
import { type OpeningWebhook, openLabWebhook } from "./webhook/webhook.ts";

export type { Lab } from "./opened-lab.ts";
export { REGION };

const SQS_LONGEST_SECONDS = 43_200;
// What a killed guard was working on comes back after this long in real time, and its lock on the channel ends before that.
const VISIBLE_AGAIN_REAL_SECONDS = 12;
const RUN_REAL_MS = 8_000;
const LAST_REQUESTS_REAL_MS = 500;

/** Opens the lab. Rejects with Node's EADDRINUSE error if the port is in use, before anything is written. */
export async function openLab(options: LabOptions): Promise<Lab> {
  const { clock, speed = 1, port, log = logOnly().log } = options;
  const { listeners, otherListener, ...outside } = playOutside(options, {
    url: () => url,
    queue: () => queue,
    stores: () => ({ records, queues: opening ? [queue, opening.webhook.queue] : [queue] }),
    guard: () => guard,
    page: () => page,
  });
  const server = await startServer(
    port,
    () => ({ aws: listeners, other: otherListener }),
    () => clock.now(),
  );
  const url = addressOf(server);
  // Not earlier: a port in use means that another lab works in this folder.
  const folder = options.folder ?? join(".bluegreen-guard", `lab-${new URL(url).port}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const records = options.records ? undefined : openRecordsServer(join(folder, "records"));
  const queue = new Queue({
    name: QUEUE,
    deadLettersFolder: join(folder, "queue", "dead-letters"),
    now: () => clock.now(),
    maxReceiveCount: MAX_RECEIVE_COUNT,
    visibilitySeconds: Math.min(Math.max(360, Math.ceil(VISIBLE_AGAIN_REAL_SECONDS * speed)), SQS_LONGEST_SECONDS),
  });
  const onError = (error: unknown) => log.error(error instanceof Error ? error.message : String(error), {});
  const opening = options.webhook ? await openLabWebhook({ ...outside, clock, onError }) : undefined;
  const aws: AwsOptions = { endpoint: url, region: REGION, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  if (records) await ensureTable(NAME, aws);
  const { host, own } = await openGuard(options, { ...outside, url, folder, log });
  const guard = host ?? own;
  const webhook = opening?.begin((event) => guard.webhook(event));
  const stopRequests = deliverRequests(outside.bus, clock, (requested) => guard.begin(requested));
  const source = new EventSource({ queue, clock, ...BATCHES, handler: (event, context) => guard.watch(event, context), onError });
  const client = new RDSClient({ ...aws, maxAttempts: 1 });
  const kept = options.records ?? deskAt({ table: NAME, bus: NAME }, aws).records;
  outside.slack.onMessage(() => outside.journal.linkSoon(kept, onError));
  const lab: Lab = {
    ...outside,
    url,
    folder,
    queue,
    webhook: webhook?.lab,
    host,
    aws: client,
    records: kept,
    slackUrl: () => guard.slackUrl,
    sweep: () => guard.sweep(),
    async settled() {
      await outside.rds.delivered();
      await source.idle();
    },
    close: () => close({ source, webhook, stopRequests, own, host, page, client, server, records, folder, queue }),
  };
  const page = options.page?.(lab);
  return lab;
}

type OwnGuard = Awaited<ReturnType<typeof openLocalGuard>>;
type Guard = { host: GuardHost; own?: undefined } | { host?: undefined; own: OwnGuard };

/** Opens the guard in its own process, or in this one. */
async function openGuard(
  { clock, speed = 1, ownProcess, policy, slackTimeoutMs, records, executions, webhook, webhookTimeoutMs }: LabOptions,
  { url, folder, slack, journal, log }: Pick<Lab, "url" | "folder" | "slack" | "journal"> & { log: Log },
): Promise<Guard> {
  const options = {
    endpoint: url,
    region: REGION,
    table: NAME,
    queueUrls: { queue: queueUrl(url, QUEUE), deadLetters: queueUrl(url, deadLettersName(QUEUE)) },
    bus: NAME,
    folder: join(folder, "operations"),
    policy: { principal: PRINCIPAL, operators: [...OPERATORS], ...policy },
    slack: { token: TOKEN, channel: slack.channels[0]?.id ?? "", apiUrl: `${url}/slack/api/`, timeoutMs: slackTimeoutMs },
    commands: { signingSecret: SIGNING_SECRET, answer: ANSWER },
    ...(webhook && { webhook: webhookAt(url, webhookTimeoutMs) }),
    speed,
    runRealMs: RUN_REAL_MS,
    log: journalling(log, journal),
  };
  if (!ownProcess) return { own: await openLocalGuard({ ...options, records, executions, time: clock }) };
  return {
    host: createGuardHost({ ...options, clock: () => ({ now: clock.now(), speed: clock instanceof ScaledClock ? clock.speed : speed }) }),
  };
}

const webhookAt = (url: string, timeoutMs: number | undefined) => ({
  webhookSecret: WEBHOOK_SECRET,
  queueUrl: queueUrl(url, WEBHOOK_QUEUE),
  deadLettersUrl: queueUrl(url, deadLettersName(WEBHOOK_QUEUE)),
  timeoutMs,
});

/** What is closed together with the lab, in this order. */
interface Closing extends Pick<Lab, "queue" | "folder"> {
  source: EventSource;
  webhook: ReturnType<OpeningWebhook["begin"]> | undefined;
  stopRequests(): void;
  own: OwnGuard | undefined;
  host: GuardHost | undefined;
  page: { close(): void } | undefined;
  client: RDSClient;
  server: Server;
  /** Absent if records are in memory. */
  records: RecordsServer | undefined;
}

async function close({ source, webhook, stopRequests, own, host, page, client, server, records, folder, queue }: Closing): Promise<void> {
  const stopped = Promise.all([source.stop(), webhook?.stop()]);
  stopRequests();
  await own?.close();
  host?.kill();
  page?.close();
  client.destroy();
  await webhook?.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  // Handlers still at work have nobody to talk to now; their clock must run until they end.
  await stopped;
  // The killed guard's requests are still being answered; one that meets a closed database would end the process.
  if (host) await setTimeout(LAST_REQUESTS_REAL_MS);
  await records?.close();
  await rm(join(folder, "records"), { recursive: true, force: true });
  // What could not be handled stays for a person to look at.
  if (queue.deadLetters.all().length === 0) await rm(folder, { recursive: true, force: true });
}
