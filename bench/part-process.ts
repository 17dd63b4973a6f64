import type { Part, PartInput } from "./parts.ts";
import { measureRecreate } from "./recreate/recreate.ts";
import { measureStart, type StartOptions } from "./start/start.ts";
import { measureStorm, type StormOptions } from "./storm.ts";
import { measureSweep } from "./sweep.ts";
import { type LeastInput, measureLeast } from "./warm/least.ts";
import { measureWarm, type WarmOptions } from "./warm/warm.ts";

/** The program of a process that measures one part; it ends with the process that started it. */
function measure(part: Part, { input, cores }: PartInput): Promise<unknown> {
  if (part === "storm") return measureStorm(input as StormOptions, cores);
  if (part === "sweep") return measureSweep(input as number, cores);
  if (part === "warm") return measureWarm(input as WarmOptions, cores);
  if (part === "start") return measureStart(input as StartOptions, cores);
  if (part === "recreate") return measureRecreate(input as { minutes?: number }, cores);
  return measureLeast(input as LeastInput);
}

process.on("disconnect", () => process.exit());
process.on("message", async (order: PartInput) => {
  process.send?.(await measure(process.argv[2] as Part, order));
});
