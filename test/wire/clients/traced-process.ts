import { createRds } from "../../../src/clients/rds/rds.ts";
import { createRecords } from "../../../src/clients/records.ts";
import { createSlack } from "../../../src/clients/slack/slack.ts";
import { createTracing } from "../../../src/clients/tracing.ts";
import { header, message } from "../../../src/messages/slack/message.ts";

import { readLambdaTrace } from "../../../src/settings/lambda.ts";

/** Handles two events at once, and a third in the next invocation, whose Slack does not answer; prints what became of the third. */
const [endpoint = "", nextTrace = ""] = process.argv.slice(2);
const tracing = createTracing(readLambdaTrace());
const aws = {
  endpoint,
  region: "ap-northeast-1",
  credentials: { accessKeyId: "lab", secretAccessKey: "lab-key" },
  equip: tracing.equip,
  trace: tracing.trace,
};
const rds = createRds(aws);
const records = createRecords("bluegreen-guard", aws);
const slackAt = (apiUrl: string) => createSlack({ token: async () => "xoxb-lab", channel: "C0BLUEGREEN", apiUrl, fetch: tracing.fetch });
const slack = slackAt(`${endpoint}/slack/api/`);
const words = message("info", "words", header("words"), []);

const both = Promise.withResolvers<void>();
let waiting = 0;

/** Resolves once both events have come here. */
function together(): Promise<void> {
  waiting += 1;
  if (waiting === 2) both.resolve();
  return both.promise;
}

async function handle(deployment: string, take: () => Promise<unknown>, tell: () => Promise<unknown>): Promise<void> {
  const span = tracing.span("RDS event");
  await span.run(async () => {
    await take();
    await together();
    await take();
  });
  span.note({ deployment, signal: undefined });
  await span.run(tell);
  span.end();
}

await Promise.all([
  handle(
    "bgd-a",
    () => rds.deployment("bgd-a"),
    () => slack.post(words),
  ),
  handle(
    "bgd-b",
    () => records.read("deployment#bgd-b"),
    () => slack.update({ channel: "C0BLUEGREEN", ts: "1.2" }, words).catch(() => {}),
  ),
]);

if (nextTrace) process.env["_X_AMZN_TRACE_ID"] = nextTrace;
const silent = slackAt("http://127.0.0.1:1/slack/api/");
const span = tracing.span("RDS event");
try {
  await span.run(() => silent.post(words));
} catch (error) {
  span.end(error);
  process.stdout.write(String(error));
}
