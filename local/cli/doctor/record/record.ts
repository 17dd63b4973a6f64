import { writeFile } from "node:fs/promises";
import type { Exchange, Recording } from "../../../recording.ts";
import type { Visit } from "../visit.ts";
import { redacted } from "./redact.ts";

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
