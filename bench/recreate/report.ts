import { sum as total } from "../counts.ts";
import { callsText, count, fixed, verdictLine } from "../report.ts";
import type { RecreateResult } from "./recreate.ts";

/** The lines about a recreation; the last ones say what is within its budget. */
export function recreateLines(result: RecreateResult): string[] {
  const { minutes, aws, guard, polls, operations, invocations, checkpoints, bytes, calls, watched, cpuSeconds, share, lostShare } = result;
  const [awsSeconds, guardSeconds] = [sum(aws), sum(guard)];
  return [
    `Recreation: a deletion, and a creation of ${count(minutes)} minutes, on a virtual clock`,
    `  AWS           deletion ${fixed(aws.deletion)} s, creation ${fixed(aws.creation)} s: ${fixed(awsSeconds)} s`,
    `  guard         before the deletion ${fixed(guard.beforeDeletion)} s, from gone to created ${fixed(guard.untilCreation)} s, from built to told ${fixed(guard.untilOutcome)} s: ${fixed(guardSeconds)} s`,
    `  looks         ${count(polls.gone)} until green is gone, ${count(polls.built)} until it is built`,
    `  durable       ${count(operations)} operations, ${count(invocations)} invocations, ${count(checkpoints)} checkpoints; ${count(bytes.written)} bytes written, ${count(bytes.largest)} at most at a time; ${count(bytes.state)} bytes of state at the end`,
    `  calls         ${count(total(calls))}: ${callsText(calls)}; ${count(watched)} more of the watch function for the same events`,
    `  CPU           ${fixed(cpuSeconds)} s with the local engine`,
    `  share         ${percent(share)} of AWS's time; had RDS's two events been lost, ${percent(lostShare)} at most`,
    ...result.verdicts.map(verdictLine),
  ];
}

function sum(parts: Record<string, number>): number {
  return Object.values(parts).reduce((total, part) => total + part, 0);
}

const percent = (share: number): string => `${fixed(100 * share, 2)} %`;
