import { sum as total } from "../counts.ts";
import { callsText, count, fixed, times, verdict } from "../report.ts";
import type { RecreateResult } from "./recreate.ts";

/** The lines about a recreation; the last one says whether it is within its budget. */
export function recreateLines(result: RecreateResult): string[] {
  const { minutes, aws, guard, polls, operations, invocations, checkpoints, bytes, calls, watched, cpu, share, lostShare } = result;
  const [awsSeconds, guardSeconds] = [sum(aws), sum(guard)];
  return [
    `Recreation: a deletion, and a creation of ${count(minutes)} minutes, on a virtual clock`,
    `  AWS           deletion ${fixed(aws.deletion)} s, creation ${fixed(aws.creation)} s: ${fixed(awsSeconds)} s`,
    `  guard         before the deletion ${fixed(guard.beforeDeletion)} s, from gone to created ${fixed(guard.untilCreation)} s, from built to told ${fixed(guard.untilOutcome)} s: ${fixed(guardSeconds)} s`,
    `  looks         ${count(polls.gone)} until green is gone, ${count(polls.built)} until it is built`,
    `  durable       ${count(operations)} operations, ${count(invocations)} invocations, ${count(checkpoints)} checkpoints; ${count(bytes.written)} bytes written, ${count(bytes.largest)} at most at a time; ${count(bytes.state)} bytes of state at the end`,
    `  calls         ${count(total(calls))}: ${callsText(calls)}; ${count(watched)} more of the watch function for the same events`,
    `  CPU           ${fixed(cpu.seconds)} s with the local engine, floor ${fixed(cpu.floorSeconds)} s: ${times(cpu.ratio)}`,
    `  share         ${percent(share)} of AWS's time; had RDS's two events been lost, ${percent(lostShare)} at most`,
    `  budget        ${verdict(result.withinBudget)} the budget of ${budgetText(result.budget)}`,
  ];
}

function sum(parts: Record<string, number>): number {
  return Object.values(parts).reduce((total, part) => total + part, 0);
}

const budgetText = ({ share, calls }: RecreateResult["budget"]): string =>
  `${percent(share)}${calls === undefined ? "" : ` and ${count(calls)} calls`}`;

const percent = (share: number): string => `${fixed(100 * share, 2)} %`;
