import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Playground } from "../playground.ts";
import { nextBody } from "../rds-events.ts";
import { WEBHOOK } from "../webhook.ts";
import { type FirstWord, firstWord } from "./fresh-process.ts";

/** The function that another project tells Slack with, terraform-aws-notify-slack's, ready to be started. */
export interface Peer {
  /** Starts it in a fresh process, until Slack has its message. */
  start(): Promise<FirstWord>;
}

// It says what it has used, as the programs of fresh-process.ts do, once the function has returned.
const PROGRAM = `import json, os, resource, sys
sys.path.insert(0, sys.argv[1])
import notify_slack
answer = json.loads(notify_slack.lambda_handler(json.loads(sys.argv[2]), None))
if answer["code"] != 200: raise SystemExit("Slack answered with " + str(answer["code"]))
used = resource.getrusage(resource.RUSAGE_SELF)
os.write(3, str((used.ru_utime + used.ru_stime) * 1000).encode())`;

/** Finds the function in a copy of the project's repository; a sentence that says why not if it cannot be started here. */
export function peerIn(folder: string | undefined, playground: Playground): Peer | string {
  if (folder === undefined) return "--notify-slack DIR was not given, a copy of terraform-aws-modules/terraform-aws-notify-slack.";
  const functions = join(folder, "functions");
  if (!existsSync(join(functions, "notify_slack.py"))) return `${folder} has no functions/notify_slack.py.`;
  // Where python3 is a script that finds Python first, that is none of the function's start.
  const { stdout, status } = spawnSync("python3", ["-c", "import sys, boto3; print(sys.executable)"], { encoding: "utf8" });
  if (status !== 0) return "there is no python3 with boto3 here, which Lambda's Python has.";
  const environment = {
    AWS_REGION: "ap-northeast-1",
    LANG: "en_US.UTF-8",
    // Lambda's folder of the function cannot be written to either.
    PYTHONDONTWRITEBYTECODE: "1",
    SLACK_WEBHOOK_URL: `${playground.url}${WEBHOOK}`,
    SLACK_CHANNEL: playground.channel,
    SLACK_USERNAME: "bench",
    SLACK_EMOJI: ":aws:",
  };
  const args = ["-c", PROGRAM, functions, JSON.stringify(eventIn(playground))];
  return { start: () => firstWord({ command: stdout.trim(), args, folder: functions, environment }) };
}

/** The event that the guard is given too, as a topic delivers it. */
function eventIn({ deployments: [deployment], now }: Playground): object {
  if (!deployment) throw new Error("A start needs a deployment to tell of: open the playground with one.");
  const Sns = {
    TopicArn: "arn:aws:sns:ap-northeast-1:123456789012:rds",
    Subject: "RDS event",
    Message: nextBody(deployment, 0, now),
    MessageAttributes: {},
  };
  return { Records: [{ EventSource: "aws:sns", Sns }] };
}
