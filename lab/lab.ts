import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { RDSClient } from "@aws-sdk/client-rds";
import type { HttpBindings } from "@hono/node-server";
import { routeOf } from "../local/bus.ts";
import { ScaledClock } from "../local/clock.ts";
import { EventBus } from "../local/event-bridge/event-bus.ts";
import { type LocalGuard, openLocalGuard } from "../local/guard.ts";
import { createGuardHost } from "../local/guard-host.ts";
import { EventSource } from "../local/queue/event-source.ts";
import { lambdaContext } from "../local/queue/lambda-context.ts";
import { ACCOUNT, deadLettersName, queueUrl, REGION } from "../local/queue/names.ts";
import { Queue } from "../local/queue/queue.ts";
import { ensureTable, openRecordsServer } from "../local/records-server.ts";
import type { SlackDelivery } from "../src/clients/answer-function.ts";
import type { AwsOptions } from "../src/clients/aws.ts";
import { createRecords } from "../src/clients/records.ts";
import { logOnly } from "../src/clients/telemetry.ts";
import { MAX_RECEIVE_COUNT } from "../src/handlers/backoff.ts";
import type { RouteName } from "../src/rules/routes.ts";
import { EventWay } from "./event-way.ts";
import { createLabIam } from "./iam.ts";
import { Journal, journalling } from "./journal.ts";
import type { LabOptions } from "./lab-options.ts";
import { answerLambda } from "./lambda.ts";
import type { Lab } from "./opened-lab.ts";
import { createLabRds, type LabEnvelope } from "./rds/rds.ts";
import { deliverRequests } from "./requests.ts";
import { createLabSecrets, SIGNING_SECRET, SLACK_SECRET, TOKEN } from "./secrets.ts";
import { addressOf, listenerOf, startServer } from "./server.ts";
import { awsListeners } from "./services.ts";
import { OPERATORS } from "./slack/people.ts";
import { createLabSlack } from "./slack/slack.ts";

export type { Lab } from "./opened-lab.ts";
export { REGION };

const NAME = "bluegreen-guard";
const QUEUE = `${NAME}-events`;
const ANSWER = `${NAME}-answer`;
const PRINCIPAL = `arn:aws:iam::${ACCOUNT}:role/${NAME}-recreate`;
const SQS_LONGEST_SECONDS = 43_200;
// What a killed guard was at comes back after that long in real time, and its hold of the channel ends before.
const VISIBLE_AGAIN_REAL_SECONDS = 12;
const RUN_REAL_MS = 8_000;
const LAST_REQUESTS_REAL_MS = 500;
const SENT_IN_REAL_MS = 5;

/** Opens the lab. Rejects with node's EADDRINUSE error for a port in use, before anything is written. */
export async function openLab({
  clock,
  speed = 1,
  port,
  onEvent,
  lose = () => false,
  log = logOnly().log,
  ...options
}: LabOptions): Promise<Lab> {
  const slack = createLabSlack({
    clock,
    token: TOKEN,
    entrance: { requestUrl: () => guard.slackUrl, ownUrl: () => url, signingSecret: SIGNING_SECRET },
  });
  async function give(event: unknown): Promise<RouteName | undefined> {
    const route = routeOf(event);
    onEvent?.(event, route);
    if (!route) return undefined;
    queue.send(JSON.stringify(event));
    // As SQS takes them: of two events of one moment, a handler has begun with the first before another one gets the second.
    await setTimeout(SENT_IN_REAL_MS);
    return route;
  }
  const journal = new Journal();
  const way = new EventWay(clock, async (event) => void (await give(event)));
  way.lose(lose);
  async function deliver(event: LabEnvelope): Promise<void> {
    const fate = way.fateOf(event);
    journal.sent(clock.now(), event, routeOf(event), fate);
    await way.bring(event, fate);
  }
  const rds = createLabRds({ clock, region: REGION, deliver });
  const otherListener = listenerOf((request, env) => {
    if (new URL(request.url).pathname.startsWith("/slack/")) return slack.fetch(request, env as HttpBindings);
    return page?.fetch(request) ?? new Response("The lab serves no page here.\n", { status: 404 });
  });
  const bus = new EventBus({ name: NAME, account: ACCOUNT, region: REGION, now: () => clock.now() });
  const secrets = createLabSecrets({ [SLACK_SECRET]: JSON.stringify({ botToken: TOKEN, signingSecret: SIGNING_SECRET }) });
  const iam = createLabIam();
  const lambda = answerLambda(ANSWER, clock, (event) => guard.answer(event as SlackDelivery));
  const listeners = awsListeners({ rds, iam, secrets, bus, lambda, later: () => ({ records, queue }) });
  const server = await startServer(
    port,
    () => ({ aws: listeners, other: otherListener }),
    () => clock.now(),
  );
  const url = addressOf(server);
  // Only now: a port in use means that another lab is at work in its folder.
  const folder = options.folder ?? join(".bluegreen-guard", `lab-${new URL(url).port}`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const records = openRecordsServer(join(folder, "records"));
  const queue = new Queue({
    name: QUEUE,
    deadLettersFolder: join(folder, "queue", "dead-letters"),
    now: () => clock.now(),
    maxReceiveCount: MAX_RECEIVE_COUNT,
    visibilitySeconds: Math.min(Math.max(360, Math.ceil(VISIBLE_AGAIN_REAL_SECONDS * speed)), SQS_LONGEST_SECONDS),
  });
  const aws: AwsOptions = { endpoint: url, region: REGION, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  await ensureTable(NAME, aws);
  const guardOptions = {
    endpoint: url,
    region: REGION,
    table: NAME,
    queueUrls: { queue: queueUrl(url, QUEUE), deadLetters: queueUrl(url, deadLettersName(QUEUE)) },
    bus: NAME,
    folder: join(folder, "operations"),
    policy: { principal: PRINCIPAL, operators: [...OPERATORS], ...options.policy },
    slack: { token: TOKEN, channel: slack.channels[0]?.id ?? "", apiUrl: `${url}/slack/api/`, timeoutMs: options.slackTimeoutMs },
    commands: { signingSecret: SIGNING_SECRET, answer: ANSWER, repliesAt: url },
    speed,
    runRealMs: RUN_REAL_MS,
    log: journalling(log, journal),
  };
  const host = options.ownProcess
    ? createGuardHost({ ...guardOptions, clock: () => ({ now: clock.now(), speed: clock instanceof ScaledClock ? clock.speed : speed }) })
    : undefined;
  const own = host ? undefined : await openLocalGuard({ ...guardOptions, time: clock });
  const guard = host ?? (own as LocalGuard);
  const stopRequests = deliverRequests(bus, clock, (requested) => guard.begin(requested));
  const onError = (error: unknown) => log.error(error instanceof Error ? error.message : String(error), {});
  const source = new EventSource({ queue, clock, handler: (event, context) => guard.watch(event, context), onError });
  const client = new RDSClient({ ...aws, maxAttempts: 1 });
  const kept = createRecords(NAME, aws);
  slack.onMessage(() => journal.linkSoon(kept, onError));
  const lab: Lab = {
    url,
    folder,
    rds,
    slack,
    queue,
    bus,
    secrets,
    iam,
    way,
    journal,
    host,
    aws: client,
    records: kept,
    slackUrl: () => guard.slackUrl,
    give,
    sweep: () => guard.sweep(lambdaContext({ now: () => clock.now(), name: "bluegreen-guard-sweep", timeoutSeconds: 60, region: REGION })),
    async settled() {
      await rds.delivered();
      await source.idle();
    },
    async close() {
      const stopped = source.stop();
      stopRequests();
      await own?.close();
      host?.kill();
      page?.close();
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      // Handlers that were at work have nobody left to talk to; their clock has to run on until then.
      await stopped;
      // What the killed guard had asked is still being answered; a request that meets a closed database ends the process.
      if (host) await setTimeout(LAST_REQUESTS_REAL_MS);
      await records.close();
      await rm(join(folder, "records"), { recursive: true, force: true });
      // What could not be handled stays for a person to look at.
      if (queue.deadLetters.all().length === 0) await rm(folder, { recursive: true, force: true });
    },
  };
  const page = options.page?.(lab);
  return lab;
}
