import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

// Plain JavaScript: what Node does to run TypeScript is none of a bundle's start.
const UP = `import { writeSync } from "node:fs";
const say = () => { const { user, system } = process.cpuUsage(); writeSync(3, (user + system) / 1000 + "\\n"); };`;

/** A process that does nothing but start. */
export const BARE = `${UP} say();`;

/** Loads the bundle that it is given. */
export const LOADED = `${UP} await import(process.argv[1]); say();`;

/**
 * Passes its event to the bundle's handler, and stops once Slack has answered for the first time: what comes after that waits a second for
 * Slack's pace.
 */
export const TOLD = `${UP}
// An import would read all exports of node:http, which loads Node's fetch.
const http = process.getBuiltinModule("node:http");
const { request } = http;
http.request = (url, options, heard) => request(url, options, (answer) => {
  heard(answer);
  if (!url.pathname.startsWith("/slack/")) return;
  const chunks = [];
  answer.on("data", (chunk) => chunks.push(chunk));
  answer.on("end", () => {
    say();
    const { ok, error } = JSON.parse(Buffer.concat(chunks));
    if (!ok) throw new Error("Slack refused the first message: " + error);
    process.exit();
  });
});
const { handler } = await import(process.argv[1]);
const context = { functionName: "watch", awsRequestId: "start", invokedFunctionArn: "arn:aws:lambda:ap-northeast-1:123456789012:function:watch", getRemainingTimeInMillis: () => 60000 };
handler(JSON.parse(process.argv[2]), context).then((answer) => {
  throw new Error("The handler told nothing and answered " + JSON.stringify(answer));
});`;

/** Passes its event to the bundle's handler, and stops once the handler has acknowledged it. */
export const ACKNOWLEDGED = `${UP}
const { handler } = await import(process.argv[1]);
const { statusCode } = await handler(JSON.parse(process.argv[2]), {});
if (statusCode !== 200) throw new Error("The handler answered " + statusCode);
say();
process.exit();`;

/** What runs where, and with what: it inherits nothing. */
export interface FreshProcess {
  command: string;
  args: readonly string[];
  folder: string;
  environment: Record<string, string>;
}

/** What it took until a fresh process said its first word, in milliseconds: of time, and of processors, those of the system included. */
export interface FirstWord {
  ms: number;
  cpuMs: number;
}

/** The arguments with which Node runs a program. */
export const programArgs = (program: string, args: readonly string[]): string[] => ["--input-type=module", "-e", program, ...args];

/**
 * Runs a command in a fresh process until its first output on the descriptor 3, which is how many milliseconds of processors it has used.
 *
 * @throws Error if it ends without output, or with an exit code.
 */
export async function firstWord({ command, args, folder, environment }: FreshProcess): Promise<FirstWord> {
  const begun = performance.now();
  const child = spawn(command, args, {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const exit = once(child, "exit") as Promise<[number | null]>;
  const words = child.stdio[3] as Readable;
  let word: FirstWord | undefined;
  words.once("data", (cpuMs: Buffer) => {
    word = { ms: performance.now() - begun, cpuMs: Number(cpuMs) };
  });
  const [code] = await exit;
  if (word && code === 0) return word;
  throw new Error(
    `A fresh process ended with exit code ${code}${word === undefined ? " and had said nothing" : ""}: see what it said above.`,
  );
}
