import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The core that the measured process runs on and that of the playground; absent if processes cannot be pinned to a core here. */
export interface Cores {
  measured?: number;
  playground?: number;
}

/** The first two cores that this process may use, if there is `taskset`; with one core both share it. */
export function cores(): Cores {
  if (spawnSync("taskset", ["--version"]).error) return {};
  const [measured, playground = measured] = coresIn(allowed());
  return { measured, playground };
}

/** The cores of a list as Linux writes it: `0-2,5`. */
export function coresIn(list: string): number[] {
  return list.split(",").flatMap((range) => {
    const [first = Number.NaN, last = first] = range.split("-").map(Number.parseFloat);
    return Number.isNaN(first) ? [] : Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function allowed(): string {
  return readFileSync("/proc/self/status", "utf8").match(/^Cpus_allowed_list:\s*(\S+)/m)?.[1] ?? "";
}
