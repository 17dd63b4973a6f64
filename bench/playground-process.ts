import type { RequestListener } from "node:http";
import { createLabRds } from "../lab/rds/rds.ts";
import { createLabSecrets, SIGNING_SECRET, SLACK_SECRET } from "../lab/secrets.ts";
import { addressOf, listenerOf, startServer } from "../lab/server.ts";
import { createLabSlack } from "../lab/slack/slack.ts";
import { VirtualClock } from "../local/clock.ts";
import { EventBus } from "../local/event-bridge/event-bus.ts";
import { answerPutEvents } from "../local/event-bridge/events-server.ts";
import { ACCOUNT } from "../local/queue/names.ts";
import { ensureTable, openRecordsServer } from "../local/records-server.ts";
import { tally } from "./counts.ts";
import { awsAt, BUS, type Playground, TABLES, TOKEN } from "./playground.ts";
import { REGION, seedDeployments } from "./seed-deployments.ts";
import { kindOf, operationIn } from "./wire.ts";

/** The program of the process that plays AWS and Slack while others are measured; it ends with the process that started it. */
async function play(count: number): Promise<void> {
  const clock = new VirtualClock(Date.parse("2024-02-05T00:00:00Z"));
  const rds = createLabRds({ clock, region: REGION, deliver: async () => {} });
  const slack = createLabSlack({ clock, token: TOKEN });
  const records = openRecordsServer();
  const bus = new EventBus({ name: BUS, account: ACCOUNT, region: REGION, now: () => clock.now() });
  const secrets = createLabSecrets({ [SLACK_SECRET]: JSON.stringify({ botToken: TOKEN, signingSecret: SIGNING_SECRET }) });
  const targets: string[] = [];
  function counted(listener: RequestListener): RequestListener {
    return (request, response) => {
      targets.push(kindOf(operationIn(String(request.headers["x-amz-target"]))));
      listener(request, response);
    };
  }
  const aws: Record<string, RequestListener> = {
    rds: listenerOf((request) => rds.fetch(request)),
    dynamodb: counted(records.listener),
    events: counted(listenerOf((request) => answerPutEvents(bus, request))),
    secretsmanager: counted(listenerOf((request) => secrets.fetch(request))),
    // What is handed on is answered by nobody here.
    lambda: (request, response) => void request.resume().on("end", () => response.writeHead(202).end()),
    // The queue itself is the bench's: only what the guard asks of it goes over the wire.
    sqs: counted((request, response) => {
      request.resume().on("end", () => response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}"));
    }),
  };
  const slackListener = listenerOf((request) => slack.fetch(request));
  const server = await startServer(0, () => ({ aws, other: slackListener }));
  const url = addressOf(server);
  for (const table of Object.values(TABLES)) await ensureTable(table, awsAt(url));
  const deployments = await seedDeployments(count, rds, clock, awsAt(url));
  const seen = { rds: rds.calls.length, slack: 0 };
  process.on("message", () => {
    const kinds = [
      ...targets.splice(0),
      ...rds.calls.slice(seen.rds).map(({ action }) => `rds ${action}`),
      ...slack.calls.slice(seen.slack).map(({ method }) => `slack ${method}`),
    ];
    seen.rds = rds.calls.length;
    seen.slack = slack.calls.length;
    process.send?.(tally(kinds));
  });
  const playground: Playground = { url, channel: slack.channels[0]?.id ?? "", now: clock.now(), deployments };
  process.send?.(playground);
}

process.on("disconnect", () => process.exit());
await play(Number(process.argv[2]));
