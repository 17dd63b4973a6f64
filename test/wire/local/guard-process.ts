import { join } from "node:path";
import { watchLineage } from "../../../lab/lineage.ts";
import { addressOf, listenerOf, startServer } from "../../../lab/server.ts";
import { ScaledClock } from "../../../local/clock.ts";
import { EventBus } from "../../../local/event-bridge/event-bus.ts";
import { answerPutEvents } from "../../../local/event-bridge/events-server.ts";
import { openLocalGuard } from "../../../local/guard.ts";
import { startEventSource } from "../../../local/queue/event-source.ts";
import { openFileQueue } from "../../../local/queue/file-queue.ts";
import { ACCOUNT, deadLettersName, queueUrl } from "../../../local/queue/names.ts";
import { createSqsServer } from "../../../local/queue/sqs-server.ts";
import { ensureTable, openRecordsServer } from "../../../local/records-server.ts";

/** The guard in a process of its own, with queue and records on disk: prints its queue's URL, and works until it is killed. */
const [folder = "", outside = "", startedAt = "0"] = process.argv.slice(2);
watchLineage(() => process.exit());
const SPEED = 100;
const REGION = "ap-northeast-1";

const clock = new ScaledClock(SPEED, (Date.now() - Number(startedAt)) * SPEED);
const records = openRecordsServer(join(folder, "records"));
const queue = await openFileQueue({ folder: join(folder, "queue"), now: () => clock.now(), maxReceiveCount: 1_000, visibilitySeconds: 60 });
const sqs = listenerOf((request) => server.fetch(request));
const server = createSqsServer({ queues: { events: queue } });
const bus = new EventBus({ name: "guard", account: ACCOUNT, region: REGION, now: () => clock.now() });
const events = listenerOf((request) => answerPutEvents(bus, request));
const http = await startServer(0, () => ({ aws: { dynamodb: records.listener, sqs, events }, other: sqs }));
const endpoint = addressOf(http);
await ensureTable("guard", { endpoint, region: REGION, credentials: { accessKeyId: "lab", secretAccessKey: "lab" } });
const guard = await openLocalGuard({
  folder: join(folder, "operations"),
  endpoint,
  rdsEndpoint: outside,
  region: REGION,
  table: "guard",
  bus: "guard",
  queueUrls: { queue: queueUrl(endpoint, "events"), deadLetters: queueUrl(endpoint, deadLettersName("events")) },
  slack: { token: "xoxb-lab", channel: "C0BLUEGREEN", apiUrl: `${outside}/slack/api/` },
  time: clock,
  speed: SPEED,
  runRealMs: 500,
  log: { info() {}, error() {} },
});
startEventSource({ queue, clock, handler: guard.watch, onError: (error) => console.error(error) });
process.stdout.write(`${queueUrl(endpoint, "events")}\n`);
