import { spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { lambdaEnvironment, settingsFor } from "../../../bench/lambda-environment.ts";
import { bundleFolder, type FunctionName } from "../../../infra/bundle-folder.ts";
import type { TestLab } from "../../support/lab/stage.ts";
import { openXrayDaemon, type Subsegment, subsegmentIn, TRACE } from "../../support/x-ray-daemon.ts";

const SECRETS = ["xoxb-lab", "the-secret-key", "the-session-token"];

/** What a function was seen to do. */
export interface Invocations {
  exitCode: number;
  /** What came of each event: what the handler answered, or what it threw. */
  outcomes: { answer?: unknown; error?: string }[];
  stdout: string;
  stderr: string;
  /** Structured log lines without the metrics: those of stdout, then the errors, which are on stderr. */
  log: Record<string, unknown>[];
  /** Metrics that CloudWatch makes of the log lines: name and value, by namespace and service. */
  metrics: Record<string, unknown>[];
  /** What X-Ray's daemon received, as it came. */
  datagrams: string[];
  subsegments: Subsegment[];
}

/** The settings of a function whose AWS and Slack is the lab. */
export function settingsOf({ url }: TestLab): Record<string, string> {
  const name = "bluegreen-guard";
  return settingsFor({ url, queue: `${name}-events`, table: name, bus: name, channel: "C0BLUEGREEN" });
}

/** Starts a function's bundle as Lambda does, in a folder where nothing else is, and gives it one event after the other. */
export async function invoke(
  name: FunctionName,
  events: readonly unknown[],
  lab: TestLab,
  settings = settingsOf(lab),
): Promise<Invocations> {
  const daemon = await openXrayDaemon();
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-bundle-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await cp(bundleFolder(name), folder, { recursive: true });
  await cp(fileURLToPath(new URL("runtime.ts", import.meta.url)), join(folder, "runtime.mts"));
  const env = { ...environmentOf(name, folder, lab.url), AWS_XRAY_DAEMON_ADDRESS: daemon.address, ...settings };
  const child = spawn(process.execPath, ["runtime.mts"], { cwd: folder, env, stdio: ["pipe", "pipe", "pipe", "pipe"] });
  child.stdin.end(JSON.stringify({ events, traces: events.map(traceOf) }));
  const answers = child.stdio[3] as Readable;
  const [stdout, stderr, answered, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    text(answers),
    once(child, "exit") as Promise<[number]>,
  ]);
  const lines = linesOf(stdout).map(parsed);
  const datagrams = await daemon.received();
  return {
    exitCode,
    outcomes: JSON.parse(answered || "[]") as Invocations["outcomes"],
    stdout,
    stderr,
    log: [
      ...lines.filter((line) => !("_aws" in line)),
      ...linesOf(stderr)
        .filter((line) => line.startsWith("{"))
        .map(parsed),
    ],
    metrics: lines.filter((line) => "_aws" in line),
    datagrams,
    subsegments: datagrams.map(subsegmentIn),
  };
}

/** The secrets that a function let be seen in its logs, its traces, or what came of its events. */
export function secretsIn({ stdout, stderr, datagrams, outcomes }: Invocations): string[] {
  const all = [stdout, stderr, ...datagrams, JSON.stringify(outcomes)].join("\n");
  return SECRETS.filter((secret) => all.includes(secret));
}

/** The root of the trace of the event at `index`. */
export function rootOf(index: number): string {
  return TRACE.root.replace(/a+$/, (tail) => String(index).padStart(tail.length, "b"));
}

const traceOf = (_: unknown, index: number): string => TRACE.header.replace(TRACE.root, rootOf(index));

function environmentOf(name: FunctionName, folder: string, endpoint: string): Record<string, string> {
  return {
    ...lambdaEnvironment(`bluegreen-guard-${name}`, folder),
    AWS_ACCESS_KEY_ID: "ASIALAB",
    AWS_SECRET_ACCESS_KEY: "the-secret-key",
    AWS_SESSION_TOKEN: "the-session-token",
    AWS_ENDPOINT_URL: endpoint,
  };
}

const linesOf = (output: string): string[] => output.split("\n").filter(Boolean);

function parsed(line: string): Record<string, unknown> {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`A function printed a line that is not JSON: ${line}`, { cause: error });
  }
}
