import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { createLabRds } from "../../../lab/rds/rds.ts";
import { addressOf, listenerOf, startServer } from "../../../lab/server.ts";
import { createLabSlack, type LabSlack } from "../../../lab/slack/slack.ts";
import { messageText } from "../../../lab/slack/text.ts";
import { ScaledClock } from "../../../local/clock.ts";
import { EventBus } from "../../../local/event-bridge/event-bus.ts";
import { answerEvents } from "../../../local/event-bridge/events-server.ts";
import { createGuardHost, type GuardHost } from "../../../local/guard-host.ts";
import { EventSource } from "../../../local/queue/event-source.ts";
import { ACCOUNT, deadLettersName, queueUrl, REGION } from "../../../local/queue/names.ts";
import { Queue } from "../../../local/queue/queue.ts";
import { answerSqs } from "../../../local/queue/sqs.ts";
import { ensureTable, openRecordsServer } from "../../../local/records-server.ts";
import { recorded } from "../../support/recorded.ts";

const EVENTS = 60;
const SPEED = 100;

/** The guard in a process of its own, behind a queue, until the test has finished. */
async function start(): Promise<{ host: GuardHost; queue: Queue; slack: LabSlack }> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-"));
  const clock = new ScaledClock(SPEED);
  const now = () => clock.now();
  const slack = createLabSlack({ clock, token: "xoxb-lab" });
  const rds = createLabRds({ clock, deliver: async () => {} });
  const records = openRecordsServer(join(folder, "records"));
  const queue = new Queue({ name: "events", now, maxReceiveCount: 1_000, visibilitySeconds: 60 });
  const bus = new EventBus({ name: "guard", account: ACCOUNT, region: REGION, now });
  const server = await startServer(0, () => ({
    aws: {
      dynamodb: records.listener,
      sqs: listenerOf((request) => answerSqs([queue], request)),
      events: listenerOf((request) => answerEvents(bus, request)),
      rds: listenerOf((request) => rds.fetch(request)),
    },
    other: listenerOf((request) => slack.fetch(request)),
  }));
  const endpoint = addressOf(server);
  await ensureTable("guard", { endpoint, region: REGION, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } });
  const host = createGuardHost({
    folder: join(folder, "operations"),
    endpoint,
    region: REGION,
    table: "guard",
    bus: "guard",
    queueUrls: { queue: queueUrl(endpoint, queue.name), deadLetters: queueUrl(endpoint, deadLettersName(queue.name)) },
    slack: { token: "xoxb-lab", channel: "C0BLUEGREEN", apiUrl: `${endpoint}/slack/api/` },
    clock: () => ({ now: now(), speed: SPEED }),
    speed: SPEED,
    runRealMs: 500,
    log: { info() {}, error() {} },
  });
  const source = new EventSource({ queue, clock, handler: (event, context) => host.watch(event, context), onError: () => {} });
  onTestFinished(async () => {
    const stopped = source.stop();
    host.kill();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await stopped;
    await records.close();
    clock.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return { host, queue, slack };
}

/** Kills the guard's process and starts another one over what it left. */
async function killAndStart(host: GuardHost): Promise<void> {
  const gone = new Promise<void>((resolve) => {
    const stop = host.onChange(() => {
      stop();
      resolve();
    });
  });
  host.kill();
  await gone;
  host.start();
}

/** Resolves once Slack has taken so many more messages. */
function posts(slack: LabSlack, more: number): Promise<void> {
  return new Promise((resolve) => {
    let left = more;
    const stop = slack.onMessage(() => {
      left -= 1;
      if (left > 0) return;
      stop();
      resolve();
    });
  });
}

it("a guard killed with SIGKILL again and again tells everything, and repeats at most one message a kill", async () => {
  const kills = 5;
  const { host, queue, slack } = await start();
  for (let index = 0; index < EVENTS; index += 1) {
    queue.send(JSON.stringify(recorded("ddl-on-blue", { SourceIdentifier: `database-${index}` })));
  }
  for (let index = 0; index < kills; index += 1) {
    await posts(slack, 3 + index);
    await killAndStart(host);
  }
  const told = () => new Set(slack.messages.map((message) => /`(database-\d+)`/.exec(messageText(message))?.[1]));
  while (told().size < EVENTS) await posts(slack, 1);
  // Sixty at once get a message about all of them, besides.
  expect(slack.messages.length).toBeLessThanOrEqual(EVENTS + 1 + kills);
});
