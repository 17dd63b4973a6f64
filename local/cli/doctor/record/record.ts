import { existsSync } from "node:fs";
import { type FileHandle, open, realpath, rm } from "node:fs/promises";
import type { Exchange, Recording } from "../../../recording.ts";
import type { Visit } from "../visit.ts";
import { redacted } from "./redact.ts";

/** Says in a sentence why nothing can be written to the file; undefined if it can. Leaves no file behind that was not there. */
export async function whyNotWritable(file: string): Promise<string | undefined> {
  const isNew = !existsSync(file);
  try {
    await (await openPrivately(file)).close();
    // Of a link that leads to nothing, what it leads to: the link itself was there.
    if (isNew) await rm(await realpath(file));
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
  const opened = await openPrivately(file);
  try {
    if ((await opened.stat()).isFile()) await opened.truncate();
    await opened.writeFile(`${JSON.stringify(recording, null, 2)}\n`);
  } finally {
    await opened.close();
  }
}

/** Opens a file to write at its end, which its owner alone may read by then, also if it was there; a device or a pipe stays as it is. */
async function openPrivately(file: string): Promise<FileHandle> {
  const opened = await open(file, "a", 0o600);
  try {
    const found = await opened.stat();
    if (found.isFile() && (found.mode & 0o077) !== 0) await opened.chmod(0o600);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}
