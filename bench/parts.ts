import type { Cores } from "./cores.ts";
import { startProcess } from "./processes.ts";

/** The parts that are measured, each in a process of its own. */
export type Part = "storm" | "least" | "sweep" | "warm" | "start" | "recreate";

/** What a process for a part is sent. */
export interface PartInput {
  input: unknown;
  cores: Cores;
}

/** Measures a part in a process of its own, kept on the core for it, and answers with its result. */
export async function inPart(part: Part, input: unknown, cores: Cores): Promise<unknown> {
  const process = startProcess("part-process.ts", [part], cores.measured);
  const order: PartInput = { input, cores };
  process.send(order);
  const result = await process.next();
  await process.end();
  return result;
}

/** What this process has used of the machine so far. */
export interface Usage {
  /** The most memory (resident set) that it has had, in MiB. */
  peakMegabytes: number;
  /** Seconds of a core, those of the system for it included. */
  cpuSeconds: number;
}

/** What this process has used since it began. */
export function usage(): Usage {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  return { peakMegabytes: maxRSS / 1_024, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6 };
}
