import { setTimeout } from "node:timers/promises";
import type { AwsOptions } from "../../../src/clients/aws.ts";
import * as words from "../../../src/messages/language.ts";
import type { Given } from "../../../src/settings/given.ts";
import { awsHere, rdsHere } from "../aws-here.ts";
import { createAwsTime } from "../operations/aws-time.ts";
import { processTerminal } from "../operations/terminal.ts";
import { stackStatus } from "./after/functions.ts";
import { type DoctorCheck, type Line, lineOf, unanswered } from "./check.ts";
import { CHECKS } from "./checks.ts";
import { writeRecording } from "./record/record.ts";
import { createRecorder, type Recorder } from "./record/recorder.ts";
import { openVisit, type Visit } from "./visit.ts";

/** What `doctor` was asked. */
export interface DoctorOptions {
  stack: string;
  post: boolean;
  stop: boolean;
  json: boolean;
  record?: string;
  given: Given;
}

/** Asks everything, and prints each line as it comes; returns the exit code. */
export async function runDoctor(options: DoctorOptions): Promise<number> {
  const terminal = processTerminal(options.json);
  const tell = (line: Line) => {
    terminal.tell(line);
    terminal.say(wordsOf(line));
  };
  const recorder = options.record === undefined ? undefined : createRecorder();
  const visit = await visitHere(options, recorder).catch((error: unknown) => {
    tell({
      id: "where",
      asked: "which account and Region AWS's own environment leads to, and whether a guard is deployed there",
      ...unanswered(error),
    });
    return undefined;
  });
  if (!visit) return 1;
  const lines: Line[] = [];
  for (const check of checksFor(visit)) {
    terminal.pulse(`asks ${check.asked}`);
    const line = await lineOf(check, visit);
    tell(line);
    lines.push(line);
  }
  terminal.say(totalOf(lines, visit));
  if (recorder && options.record !== undefined) {
    const failure = await writeRecording(options.record, recorder.exchanges, visit).catch((error: Error) => error);
    if (failure) {
      terminal.say(
        `What was answered could not be written to ${options.record}: ${failure.message}. Name another file, and run doctor again.`,
      );
      return 1;
    }
    terminal.say(`What was answered stands in ${options.record}. Read it before you share it.`);
  }
  return lines.every(({ result }) => result === "pass") ? 0 : 1;
}

/** The checks that can be asked of what is there, in their order. */
export function checksFor(visit: Visit): DoctorCheck[] {
  const { stack } = visit;
  // Without its outputs, nothing of the stack can be asked but how it is: its first deploy has failed, or is under way.
  const isThere = (id: string) => stack !== undefined && (id === stackStatus.id || stack.outputs["Watch"] !== undefined);
  return CHECKS.filter(({ id, of, applies = () => true }) => (of === "account" || isThere(id)) && applies(visit));
}

async function visitHere({ stack, post, stop, given }: DoctorOptions, recorder: Recorder | undefined): Promise<Visit> {
  const { region, endpoint } = await rdsHere();
  const apiUrl = process.env["SLACK_API_URL"] || given.slackApiUrl;
  const slack = { ...(apiUrl && { apiUrl }), fetch: recorder?.fetch };
  const { clock, follow } = createAwsTime();
  const equip: NonNullable<AwsOptions["equip"]> = (client) => follow(recorder?.equip(client) ?? client);
  const allowed = { post, stop };
  return openVisit({
    stack,
    allowed,
    given,
    region,
    endpoint,
    slack,
    sdk: { equip },
    light: awsHere(region),
    pause: (ms) => setTimeout(ms),
    now: () => clock.now(),
  });
}

const MARKS = { pass: "✔", fail: "✘", unknown: "?" } as const;

function wordsOf({ id, asked, result, came, means, todo }: Line): string {
  return [`${MARKS[result]} ${id}: ${asked}`, `    ${came}`, `    ${means}`, ...(todo ? [`    → ${todo}`] : [])].join("\n");
}

function totalOf(lines: readonly Line[], { stack }: Visit): string {
  const count = (result: Line["result"]) => lines.filter((it) => it.result === result).length;
  const total = `${words.counted(lines.length, "question")}: ${count("pass")} pass, ${count("fail")} fail, ${count("unknown")} unknown.`;
  return stack ? total : `${total} What can be asked only of a deployed guard was not asked.`;
}
