import { readFileSync } from "node:fs";

/**
 * Calls `orphaned` once the process that started this one is gone, or, below `npm start`, npm itself: killed, npm leaves its shell behind.
 *
 * The shell's parent can be read on Linux alone; elsewhere only the shell is watched.
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
    // The name in parentheses may hold spaces; state and parent follow it.
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ")[1] ?? "";
  } catch {
    return "";
  }
}
