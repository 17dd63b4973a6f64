import { readFileSync } from "node:fs";

/**
 * Calls `orphaned` once the process that started this one is gone or, under `npm start`, once npm itself is: npm leaves its shell behind
 * when it is killed.
 *
 * Only Linux shows the shell's parent; elsewhere only the shell is watched.
 */
export function watchLineage(orphaned: () => void): void {
  const started = lineage();
  setInterval(() => lineage() !== started && orphaned(), 500).unref();
}

function lineage(): string {
  const belowNpm = process.env["npm_lifecycle_event"] !== undefined;
  return `${process.ppid} ${belowNpm ? parentOf(process.ppid) : ""}`;
}

function parentOf(pid: number): string {
  try {
    // The name in parentheses can contain spaces; state and parent follow it.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1] ?? "";
  } catch {
    return "";
  }
}
