import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

// Plain JavaScript: what Node does to run TypeScript is none of a bundle's start.
const UP = 'import { writeSync } from "node:fs"; const say = (text) => writeSync(3, text + "\\n");';

/** A process that does nothing but start. */
export const BARE = `${UP} say("up");`;

/** Loads the bundle that it is given. */
export const LOADED = `${UP} await import(process.argv[1]); say("loaded");`;

/**
 * Passes its event to the bundle's handler, and stops once Slack has answered for the first time: what comes after that waits a second for
 * Slack's pace.
 */
export const TOLD = `${UP}
const { handler } = await import(process.argv[1]);
const { fetch } = globalThis;
globalThis.fetch = async (input, init) => {
  const answer = await fetch(input, init);
  say("told");
  const { ok, error } = await answer.json();
  if (!ok) throw new Error("Slack refused the first message: " + error);
  process.exit();
};
const context = { functionName: "watch", awsRequestId: "start", invokedFunctionArn: "arn:aws:lambda:ap-northeast-1:123456789012:function:watch", getRemainingTimeInMillis: () => 60000 };
handler(JSON.parse(process.argv[2]), context).then((answer) => {
  throw new Error("The handler told nothing and answered " + JSON.stringify(answer));
});`;

/** Passes its event to the bundle's handler, and stops once the handler has acknowledged it. */
export const ACKNOWLEDGED = `${UP}
const { handler } = await import(process.argv[1]);
const { statusCode } = await handler(JSON.parse(process.argv[2]), {});
if (statusCode !== 200) throw new Error("The handler answered " + statusCode);
say("acknowledged");
process.exit();`;

/** Where a program runs, and with what: it inherits nothing. */
export interface FreshProcess {
  program: string;
  args: readonly string[];
  folder: string;
  environment: Record<string, string>;
}

/**
 * Runs a program in a fresh process of this Node; returns the milliseconds until its first output.
 *
 * @throws Error if it ends without output, or with an exit code.
 */
export async function firstWord({ program, args, folder, environment }: FreshProcess): Promise<number> {
  const begun = performance.now();
  const child = spawn(process.execPath, ["--input-type=module", "-e", program, ...args], {
    cwd: folder,
    env: environment,
    stdio: ["ignore", "ignore", "inherit", "pipe"],
  });
  const exit = once(child, "exit") as Promise<[number | null]>;
  const words = child.stdio[3] as Readable;
  let ms: number | undefined;
  words.once("data", () => {
    ms = performance.now() - begun;
  });
  const [code] = await exit;
  if (ms !== undefined && code === 0) return ms;
  throw new Error(
    `A fresh process ended with exit code ${code}${ms === undefined ? " and had said nothing" : ""}: see what it said above.`,
  );
}
