import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** Keeps an event that could not be handled as a file of its own in `folder`, with the reason; returns the file's path. */
export async function putAside(folder: string, event: unknown, error: unknown): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${randomUUID()}.json`);
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  await writeFile(path, `${JSON.stringify({ reason, event }, null, 2)}\n`);
  return path;
}
