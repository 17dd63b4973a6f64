import { availableParallelism } from "node:os";
import { mistakeWords } from "../local/cli/mistake.ts";
import type { Verdict } from "./budgets.ts";
import { type Cores, cores } from "./cores.ts";
import { type BenchOptions, type Measure, readOptions, USAGE } from "./options.ts";
import { inPart } from "./parts.ts";
import type { RecreateResult } from "./recreate/recreate.ts";
import { recreateLines } from "./recreate/report.ts";
import { type Machine, machineLine, startLines, stormLines, sweepLines, warmLines } from "./report.ts";
import type { StartResult } from "./start/start.ts";
import type { StormResult } from "./storm.ts";
import type { SweepResult } from "./sweep.ts";
import type { WarmResult } from "./warm/warm.ts";

/** All that was measured. */
interface Results {
  machine: Machine;
  /** On one core, and as in AWS. */
  storm?: StormResult[];
  sweep?: SweepResult[];
  warm?: WarmResult;
  start?: StartResult;
  recreate?: RecreateResult[];
  /** What is within its budget, and what is not. */
  verdicts: Verdict[];
}

const DEPLOYMENTS = 1_000;
const SWEPT = [1, 100, DEPLOYMENTS];
const STARTS = 11;
/** Minutes of the creation: as the recorded one (31), and four hours. */
const CREATIONS = [undefined, 240];
const WARM = { warmUps: 50, events: 60, delayed: 11 };

async function measureAll({ measures, seconds, json, notifySlack }: BenchOptions): Promise<Results> {
  const on = cores();
  const { version: node, platform, arch } = process;
  const machine: Machine = { node, platform: `${platform}-${arch}`, cores: availableParallelism(), pinned: on.measured !== undefined };
  const say = (lines: readonly string[]) => void (json || process.stdout.write(`${lines.join("\n")}\n\n`));
  say([machineLine(machine)]);
  const results: Results = { machine, verdicts: [] };
  const run: Record<Measure, () => Promise<string[]>> = {
    async storm() {
      results.storm = await stormAll(seconds, on);
      return results.storm.flatMap(stormLines);
    },
    async sweep() {
      results.sweep = await sweepAll(on);
      return sweepLines(results.sweep);
    },
    async warm() {
      results.warm = (await inPart("warm", WARM, on)) as WarmResult;
      return warmLines(results.warm);
    },
    async start() {
      // On all cores: V8 compiles beside the program that starts.
      results.start = (await inPart("start", { runs: STARTS, notifySlack }, {})) as StartResult;
      return startLines(results.start);
    },
    async recreate() {
      results.recreate = await recreateAll(on);
      return results.recreate.flatMap(recreateLines);
    },
  };
  for (const measure of measures) say(await run[measure]());
  const { storm = [], sweep = [], warm, start, recreate = [] } = results;
  results.verdicts = [...storm, ...sweep, warm, start, ...recreate].flatMap((it) => it?.verdicts ?? []);
  if (json) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  return results;
}

async function sweepAll(on: Cores): Promise<SweepResult[]> {
  const results: SweepResult[] = [];
  for (const deployments of SWEPT) results.push((await inPart("sweep", deployments, on)) as SweepResult);
  return results;
}

async function recreateAll(on: Cores): Promise<RecreateResult[]> {
  const results: RecreateResult[] = [];
  for (const minutes of CREATIONS) results.push((await inPart("recreate", { minutes }, on)) as RecreateResult);
  return results;
}

async function stormAll(seconds: number, on: Cores): Promise<StormResult[]> {
  const results: StormResult[] = [];
  for (const asInAws of [false, true])
    results.push((await inPart("storm", { deployments: DEPLOYMENTS, seconds, asInAws }, on)) as StormResult);
  return results;
}

const isOverBudget = ({ verdicts }: Results): boolean => verdicts.some(({ withinBudget }) => !withinBudget);

function failed(error: unknown): number {
  const mistake = mistakeWords(error, "npm run bench -- --help");
  if (mistake !== undefined) {
    process.stderr.write(mistake);
    return 2;
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
}

try {
  const options = readOptions(process.argv.slice(2));
  if (!options) process.stdout.write(USAGE);
  else if (isOverBudget(await measureAll(options))) process.exitCode = 1;
} catch (error) {
  process.exitCode = failed(error);
}
