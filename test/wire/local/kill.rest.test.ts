import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createLabRds } from "../../../lab/rds/rds.ts";
import { addressOf, listenerOf, startServer } from "../../../lab/server.ts";
import { createLabSlack, type LabSlack } from "../../../lab/slack/slack.ts";
import { messageText } from "../../../lab/slack/text.ts";
import { ScaledClock } from "../../../local/clock.ts";
import { recorded } from "../../support/recorded.ts";

const EVENTS = 60;
let folder: string;
let slack: LabSlack;
let outside: Awaited<ReturnType<typeof startServer>>;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-"));
  const clock = new ScaledClock(100);
  slack = createLabSlack({ clock, token: "xoxb-lab" });
  const rds = createLabRds({ clock, deliver: async () => {} });
  const rdsListener = listenerOf((request) => rds.fetch(request));
  outside = await startServer(0, () => ({ aws: { rds: rdsListener }, other: listenerOf((request) => slack.fetch(request)) }));
});
afterEach(async () => {
  child?.kill("SIGKILL");
  outside.closeAllConnections();
  outside.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

const startedAt = Date.now();

/** Starts the guard over what the killed one left; answers its queue's URL. */
async function start(): Promise<string> {
  child = spawn(process.execPath, ["test/wire/local/guard-process.ts", folder, addressOf(outside), String(startedAt)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(child.stdout ?? process.stdin, "data")) as [Buffer];
  return line.toString().trim();
}

async function kill(): Promise<void> {
  const gone = child && once(child, "exit");
  child?.kill("SIGKILL");
  await gone;
}

/** Resolves once Slack has taken so many more messages. */
function posts(more: number): Promise<void> {
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
  let url = await start();
  const sqs = new SQSClient({
    endpoint: new URL(url).origin,
    region: "ap-northeast-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  for (let index = 0; index < EVENTS; index += 1) {
    const MessageBody = JSON.stringify(recorded("ddl-on-blue", { SourceIdentifier: `database-${index}` }));
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody }));
  }
  for (let index = 0; index < kills; index += 1) {
    await posts(3 + index);
    await kill();
    url = await start();
  }
  const told = () => new Set(slack.messages.map((message) => /`(database-\d+)`/.exec(messageText(message))?.[1]));
  while (told().size < EVENTS) await posts(1);
  expect(slack.messages.length).toBeLessThanOrEqual(EVENTS + kills);
}, 120_000);
