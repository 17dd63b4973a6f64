import type { Counts } from "./counts.ts";
import type { Against, StartResult } from "./start.ts";
import type { StormResult } from "./storm.ts";
import type { Sweep, SweepResult } from "./sweep.ts";
import type { WarmResult } from "./warm.ts";

/** Where the figures come from. */
export interface Machine {
  node: string;
  platform: string;
  cores: number;
  /** Whether the measured process was kept on one core. */
  pinned: boolean;
}

/** The first line. */
export function machineLine({ node, platform, cores, pinned }: Machine): string {
  const kept = pinned ? "the guard kept on one core" : "the guard not kept on one core, since there is no taskset here";
  return `Node ${node}, ${platform}, ${cores} cores; ${kept}. AWS and Slack are played in a process of their own.`;
}

/** The lines about the storm. */
export function stormLines(storm: StormResult): string[] {
  const { events, deployments, seconds, taken, told, receives, messages, floor, ratios } = storm;
  const until = storm.brokenOff ? `ended after ${fixed(seconds)} s (--seconds)` : `over after ${fixed(seconds)} s`;
  return [
    `Storm: ${count(events)} events of ${count(deployments)} deployments at once, two handlers, ${until}`,
    `  taken         ${count(taken.events)} events in ${fixed(taken.seconds)} s, ${fixed(taken.perSecond)} a second`,
    `  told          ${count(told.events)} events, ${fixed(told.perSecond)} a second; Slack's pace of a message a second is not waited for`,
    `  messages      ${count(messages.posted)} posted, ${count(messages.updated)} updated`,
    `  received      ${count(receives.all)} times in all, a message ${receives.most} times at most`,
    `  calls         ${callsText(storm.calls)}`,
    `  floor         ${count(floor.calls)} such calls through bare clients, ${floor.atOnce} at once (${count(floor.measuredCalls)} of them measured)`,
    `  time          ${fixed(seconds)} s, floor ${fixed(floor.seconds)} s: ${times(ratios.time)}`,
    `  CPU           ${fixed(storm.cpuSeconds)} s, floor ${fixed(floor.cpuSeconds)} s: ${times(ratios.cpu)}`,
    `  peak memory   ${fixed(storm.peakMegabytes, 0)} MiB, floor ${fixed(floor.peakMegabytes, 0)} MiB: ${times(ratios.memory)}`,
  ];
}

/** The table of the sweeps. */
export function sweepLines(sweeps: readonly SweepResult[]): string[] {
  const rows = sweeps.flatMap(({ deployments, first, idle }) => [
    sweepRow(deployments, "first", first),
    sweepRow(deployments, "idle", idle),
  ]);
  const head = ["deployments", "sweep", "RDS calls", "DynamoDB calls", "Slack calls", "ms"];
  return [
    "Sweep: the first one, over deployments that were created the day before, and an idle one, once all is told",
    ...table([head, ...rows]),
  ];
}

function sweepRow(deployments: number, name: string, { rds, dynamodb, slack, ms }: Sweep): string[] {
  return [count(deployments), name, count(rds), count(dynamodb), count(slack), fixed(ms, 0)];
}

/** The lines about the warm handler; the last one says whether it is within its budget. */
export function warmLines({ events, handler, floor, ratio, budget, withinBudget, calls }: WarmResult): string[] {
  return [
    `Warm handler: one event at a time, ${count(events)} of them, against the same calls through bare clients`,
    `  calls         ${callsText(calls)}`,
    `  handler       median ${fixed(handler.median)} ms, p95 ${fixed(handler.p95)} ms`,
    `  floor         median ${fixed(floor.median)} ms, p95 ${fixed(floor.p95)} ms`,
    `  ratio         ${times(ratio)} of the medians: ${verdict(withinBudget)} the budget of ${fixed(budget)} times`,
  ];
}

/** The lines about the start of a function; the last three say what is within its budget. */
export function startLines({ runs, loaded, told, acknowledged, calls, bundles }: StartResult): string[] {
  return [
    `Start: the watch function's bundle in a fresh process on all cores, ${runs} times in turns with a bare Node`,
    `  calls         ${callsText(calls)}`,
    `  loaded        ${againstText(loaded)}`,
    `  first told    ${againstText(told)}`,
    `  acknowledged  a command to the slack function: ${againstText(acknowledged)}`,
    ...bundles.map(
      ({ name, bytes, budget, withinBudget }) =>
        `  ${`${name} bundle`.padEnd(13)} ${count(bytes)} bytes: ${verdict(withinBudget)} the budget of ${count(budget)} bytes`,
    ),
  ];
}

function againstText({ ms, floorMs, ratio, cpuRatio, budget, withinBudget }: Against): string {
  const medians = `median ${fixed(ms)} ms, a bare Node's start ${fixed(floorMs)} ms: ${times(ratio)} (${times(cpuRatio)} the CPU)`;
  return `${medians}, ${verdict(withinBudget)} the budget of ${fixed(budget)} times`;
}

export function callsText(calls: Counts): string {
  return Object.entries(calls)
    .map(([kind, number]) => `${kind} ${count(number)}`)
    .join(", ");
}

function table(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  ")}`);
}

export const verdict = (withinBudget: boolean): string => (withinBudget ? "within" : "OVER");
export const count = (value: number): string => value.toLocaleString("en-US");
export const fixed = (value: number, digits = 1): string => value.toFixed(digits);
export const times = (value: number): string => `${value.toFixed(2)} times`;
