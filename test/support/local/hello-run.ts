import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { tmpdir } from "node:os";
import type { HttpBindings } from "@hono/node-server";
import { onTestFinished } from "vitest";
import { createLabSecrets, type LabSecrets, SLACK_SECRET } from "../../../lab/secrets.ts";
import { addressOf, listenerOf, startServer } from "../../../lab/server.ts";
import type { LabChannel } from "../../../lab/slack/methods.ts";
import { createLabSlack, type LabSlack } from "../../../lab/slack/slack.ts";
import { VirtualClock } from "../../../local/clock.ts";
import { type Ended, ended } from "../ended.ts";

/** The token that the lab's Slack takes. */
export const TOKEN = "xoxb-secret-of-the-lab";
/** A channel of the lab that the bot is in. */
export const CHANNEL = "C0BLUEGREEN";

/** Slack and Secrets Manager for `hello`, closed at the end of the test. */
export interface HelloLab {
  slack: LabSlack;
  secrets: LabSecrets;
  /** The environment that leads `hello` there: settings, endpoints, credentials. */
  environment: Record<string, string>;
}

/** Opens the lab's Slack and Secrets Manager; `answer` stands in for Secrets Manager where it is given. */
export async function openHelloLab(
  options: { channels?: LabChannel[]; answer?(request: Request): Promise<Response> } = {},
): Promise<HelloLab> {
  const slack = createLabSlack({ clock: new VirtualClock(0), token: TOKEN, ...(options.channels && { channels: options.channels }) });
  const secrets = createLabSecrets({ [SLACK_SECRET]: JSON.stringify({ botToken: TOKEN, signingSecret: "of-the-lab" }) });
  const server = await startServer(0, () => ({
    aws: { secretsmanager: listenerOf((request) => options.answer?.(request) ?? secrets.fetch(request)) },
    other: listenerOf((request, env) => slack.fetch(request, env as HttpBindings)),
  }));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = addressOf(server);
  const environment = {
    SLACK_CHANNEL: CHANNEL,
    SLACK_SECRET,
    SLACK_API_URL: `${url}/slack/api/`,
    AWS_ENDPOINT_URL: url,
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "lab",
    AWS_SECRET_ACCESS_KEY: "lab",
  };
  return { slack, secrets, environment };
}

/** Starts the bin, or another program of Node, with just this environment, where no credentials are to be found. */
export function startNode(
  args: string[],
  environment: Record<string, string | undefined> = {},
  cwd?: string,
): ChildProcessWithoutNullStreams {
  const HOME = tmpdir();
  const files = { AWS_CONFIG_FILE: "/nonexistent", AWS_SHARED_CREDENTIALS_FILE: "/nonexistent", AWS_EC2_METADATA_DISABLED: "true" };
  return spawn(process.execPath, args, { cwd, env: { HOME, PATH: process.env["PATH"], ...files, ...environment } });
}

/** Starts it and waits until it has ended. */
export function runNode(args: string[], environment?: Record<string, string | undefined>, cwd?: string): Promise<Ended> {
  return ended(startNode(args, environment, cwd));
}

export const BIN = "bin/bluegreen-guard.js";
