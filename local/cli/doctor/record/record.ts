import { existsSync } from "node:fs";
import { open, rm, writeFile } from "node:fs/promises";
import type { Exchange, Recording } from "../../../recording.ts";
import type { Visit } from "../visit.ts";
import { redacted } from "./redact.ts";

/** Says in a sentence why nothing can be written to the file; undefined if it can. Leaves no file behind that was not there. */
export async function whyNotWritable(file: string): Promise<string | undefined> {
  const isNew = !existsSync(file);
  try {
    await (await open(file, "a", 0o600)).close();
    if (isNew) await rm(file);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return `--record takes the path of a file that can be written, in a folder that is there; received "${file}" (${error.code}).`;
  }
}

/**
 * Writes what was answered to a file that its owner alone may read, without what is not for others.
 *
 * @throws Node's error if the file cannot be written
 */
export async function writeRecording(
  file: string,
  exchanges: readonly Exchange[],
  { account, region, now }: Pick<Visit, "account" | "region" | "now">,
): Promise<void> {
  const recordedOn = new Date(now()).toISOString().slice(0, 10);
  const recording: Recording = { version: 1, recordedOn, region, exchanges: redacted(exchanges, account) };
  await writeFile(file, `${JSON.stringify(recording, null, 2)}\n`, { mode: 0o600 });
}
