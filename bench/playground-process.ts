import { createLabRds } from "../lab/rds/rds.ts";
import { addressOf, listenerOf, startServer } from "../lab/server.ts";
import { createLabSlack } from "../lab/slack/slack.ts";
import { VirtualClock } from "../local/clock.ts";
import { ensureTable, openRecordsServer } from "../local/records-server.ts";
import { tally } from "./counts.ts";
import { awsAt, type Playground, TABLES, TOKEN } from "./playground.ts";
import { REGION, seedDeployments } from "./seed-deployments.ts";

/** The program of the process that plays AWS and Slack while others are measured; it ends with the process that started it. */
async function play(count: number): Promise<void> {
  const clock = new VirtualClock(Date.parse("2024-02-05T00:00:00Z"));
  const rds = createLabRds({ clock, region: REGION, deliver: async () => {} });
  const slack = createLabSlack({ clock, token: TOKEN });
  const records = openRecordsServer();
  const targets: string[] = [];
  const rdsListener = listenerOf((request) => rds.fetch(request));
  const slackListener = listenerOf((request) => slack.fetch(request));
  const server = await startServer(0, () => ({
    aws: {
      rds: rdsListener,
      dynamodb(request, response) {
        targets.push(String(request.headers["x-amz-target"]).replace(/^\w+\./, "dynamodb "));
        records.listener(request, response);
      },
      // The queue itself is the bench's: only what the guard asks of it goes over the wire.
      sqs(request, response) {
        targets.push(String(request.headers["x-amz-target"]).replace(/^\w+\./, "sqs "));
        request.resume().on("end", () => response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end("{}"));
      },
    },
    other: slackListener,
  }));
  const url = addressOf(server);
  for (const table of Object.values(TABLES)) await ensureTable(table, awsAt(url));
  const deployments = await seedDeployments(count, rds, clock, awsAt(url));
  const counted = { rds: rds.calls.length, slack: 0 };
  process.on("message", () => {
    const kinds = [
      ...targets.splice(0),
      ...rds.calls.slice(counted.rds).map(({ action }) => `rds ${action}`),
      ...slack.calls.slice(counted.slack).map(({ method }) => `slack ${method}`),
    ];
    counted.rds = rds.calls.length;
    counted.slack = slack.calls.length;
    process.send?.(tally(kinds));
  });
  const playground: Playground = { url, channel: slack.channels[0]?.id ?? "", now: clock.now(), deployments };
  process.send?.(playground);
}

process.on("disconnect", () => process.exit());
await play(Number(process.argv[2]));
