import { BATCHES } from "../src/handlers/backoff.ts";
import type { Verdict } from "./budgets.ts";
import { type Counts, sum } from "./counts.ts";
import type { Against, StartResult } from "./start/start.ts";
import type { StormResult } from "./storm.ts";
import type { Sweep, SweepResult } from "./sweep.ts";
import type { WarmResult } from "./warm/warm.ts";

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

/** The lines about a storm; the last one says whether it is within its budget. */
export function stormLines(storm: StormResult): string[] {
  const { asInAws, events, deployments, seconds, taken, told, receives, messages } = storm;
  const until = storm.brokenOff ? `ended after ${fixed(seconds)} s (--seconds)` : `over after ${fixed(seconds)} s`;
  const how = asInAws ? "calls as long as in AWS, Slack's pace waited for" : "on one core, Slack's pace not waited for";
  return [
    `Storm: ${count(events)} events of ${count(deployments)} deployments at once, ${BATCHES.maxConcurrency} handlers, batches of ${BATCHES.batchSize}, ${how}, ${until}`,
    `  taken         ${count(taken.events)} events in ${fixed(taken.seconds)} s, ${fixed(taken.perSecond)} a second, ${fixed(taken.perCpuSecond)} a second of CPU`,
    `  told          ${count(told.events)} events, ${fixed(told.perSecond)} a second`,
    `  messages      ${count(messages.posted)} posted, ${count(messages.updated)} updated`,
    `  received      ${count(receives.all)} times in all, a message ${receives.most} times at most`,
    `  calls         ${fixed(storm.callsAnEvent)} an event taken: ${callsText(storm.calls)}`,
    `  CPU           ${fixed(storm.cpuSeconds)} s`,
    `  peak memory   ${fixed(storm.peakMegabytes, 0)} MiB`,
    ...storm.verdicts.map(verdictLine),
  ];
}

/** The table of the sweeps. */
export function sweepLines(sweeps: readonly SweepResult[]): string[] {
  const rows = sweeps.flatMap(({ deployments, first, idle }) => [
    sweepRow(deployments, "first", first),
    sweepRow(deployments, "idle", idle),
  ]);
  const head = ["deployments", "sweep", "calls", "of RDS", "of DynamoDB", "of Slack", "ms"];
  return [
    "Sweep: the first one, over deployments that were created the day before, and an idle one, once all is told",
    ...table([head, ...rows]),
    ...sweeps.flatMap(({ verdicts }) => verdicts.map(verdictLine)),
  ];
}

function sweepRow(deployments: number, name: string, { all, rds, dynamodb, slack, ms }: Sweep): string[] {
  return [count(deployments), name, count(all), count(rds), count(dynamodb), count(slack), fixed(ms, 0)];
}

/** The lines about the warm function; the last ones say what is within its budget. */
export function warmLines({ calls, levels, bytes, writeUnits, alertMs, latencies, cpuMs, least, verdicts }: WarmResult): string[] {
  const { dynamodb, rds, slack } = latencies;
  return [
    "Warm: one DDL event through the watch function's bundle, of a deployment that has a card, while the channel is free",
    `  calls         ${count(sum(calls))}, of them ${levels.length} one after the other; the least that any design needs: ${least.calls}, ${least.depth}`,
    ...levels.map((level, index) => `  ${`${index + 1}`.padStart(13)} ${level.join(", ")}`),
    `  bytes         ${count(bytes)} over the wire; ${writeUnits} write units`,
    `  alert         median ${fixed(alertMs.median, 0)} ms, p95 ${fixed(alertMs.p95, 0)} ms, where DynamoDB takes ${dynamodb} ms, RDS ${rds}, Slack ${slack}; the least ${fixed(least.alertMs, 0)} ms: ${times(alertMs.median / least.alertMs)}`,
    `  CPU           median ${fixed(cpuMs.median)} ms, p95 ${fixed(cpuMs.p95)} ms; the least ${fixed(least.cpuMs)} ms: ${times(cpuMs.median / least.cpuMs)}`,
    ...verdicts.map(verdictLine),
  ];
}

/** The lines about the start of a function; the last ones say what is within its budget. */
export function startLines({ runs, loaded, told, acknowledged, calls, peer, verdicts }: StartResult): string[] {
  const bare = "a bare Node's start";
  return [
    `Start: the watch function's bundle in a fresh process on all cores, ${runs} times in turns with a bare Node`,
    `  calls         ${callsText(calls)}`,
    `  loaded        ${againstText(loaded, bare)}`,
    `  first told    ${againstText(told, bare)}`,
    `  acknowledged  a command to the slack function: ${againstText(acknowledged, bare)}`,
    `  notify-slack  ${typeof peer === "string" ? `skipped: ${peer}` : `first told ${againstText(peer, "terraform-aws-notify-slack's function")}`}`,
    ...verdicts.map(verdictLine),
  ];
}

function againstText({ ms, floorMs, ratio, cpuRatio }: Against, floor: string): string {
  return `median ${fixed(ms)} ms, ${floor} ${fixed(floorMs)} ms: ${times(ratio)} (${times(cpuRatio)} the CPU)`;
}

/** The line about a budget: what was measured, and whether that is within it. */
export function verdictLine({ what, measured, budget, withinBudget }: Verdict): string {
  return `  ${withinBudget ? "within" : "OVER  "} budget ${shown(budget)} ${what}: ${shown(measured)}`;
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

export const count = (value: number): string => value.toLocaleString("en-US");
export const fixed = (value: number, digits = 1): string => value.toFixed(digits);
const shown = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 2 });
export const times = (value: number): string => `${value.toFixed(2)} times`;
