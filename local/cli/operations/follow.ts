import { setTimeout } from "node:timers/promises";
import { utcTime } from "../../../src/deployments/time-words.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import type { OperationName } from "../../../src/operations/index.ts";
import type { OperationResult } from "../../../src/operations/operation.ts";
import { hasLapsed, type OperationNote, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { oneLine } from "../../visible.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import { sayReport } from "./report.ts";
import type { Terminal } from "./terminal.ts";

/** How an operation ended, for the exit code and the last line. */
export interface Ended {
  outcome: OperationResult;
  /** Id of the new deployment, if there is one. */
  deployment?: string;
}

const REPORT: Record<OperationName, typeof sayReport | undefined> = { recreate: undefined, switchover: sayReport };

const LOOK_EVERY_MS = 500;
const BEGUN_WITHIN_MS = 60_000;
const DEAD_AFTER_MS = 30_000;
const INTERRUPTED = 130;

/** Shows what the operation does until it has ended; Ctrl-C says what happens to it, and ends the process with 130. */
export async function follow(requestId: string, guard: Guard, place: Place, terminal: Terminal): Promise<Ended> {
  let following: OperationRequest | undefined;
  const leave = () => {
    terminal.say(leavingWords(following, guard));
    terminal.tell({ outcome: "interrupted" });
    process.exit(INTERRUPTED);
  };
  process.once("SIGINT", leave);
  try {
    const since = Date.now();
    const shown = new Set<string>();
    let wondered = false;
    let workedOnAt = since;
    for (;;) {
      await guard.hear();
      const request = await guard.records.read<OperationRequest>(requestKey(requestId));
      if (!request) throw new Error(`The request ${requestId} is not there any more.`);
      following = request;
      const notes = notesOf(request);
      for (const note of notes) show(note, shown, terminal);
      if (request.outcome) {
        await guard.ended(request);
        const { result, said, at: endedAt } = request.outcome;
        const ended = end({ result, text: words.saidWords(said, inTerminal), at: endedAt }, request.created, terminal);
        if (ended.outcome === "done") await REPORT[request.operation]?.(request, place, terminal);
        return ended;
      }
      const at = new Date(place.now()).toISOString();
      if (hasLapsed(request, place.now())) return end({ ...LAPSED, at }, undefined, terminal);
      if (request.usedBy === undefined || (await guard.isRunning(request.usedBy))) workedOnAt = Date.now();
      if (Date.now() - workedOnAt >= DEAD_AFTER_MS) return end({ ...DEAD, at }, undefined, terminal);
      if (request.usedBy === undefined && !wondered && Date.now() - since >= BEGUN_WITHIN_MS) {
        wondered = true;
        terminal.say(
          `It has not begun for a minute. See the log of the ${request.operation} function; to take it back: ${guard.commandToCancel(request.deploymentName)}`,
        );
      }
      const went = switchingWords(request, place.now()) ?? words.ageWords(Date.now() - since);
      terminal.pulse(`${went} … ${textOf(notes.at(-1)) ?? "waiting for it to begin"}`);
      await setTimeout(LOOK_EVERY_MS);
    }
  } finally {
    process.off("SIGINT", leave);
  }
}

/** How long RDS has been switching over, in seconds, since writes have to wait for it; undefined before RDS was asked. */
function switchingWords({ attemptedAt, timeoutSeconds }: OperationRequest, now: number): string | undefined {
  if (attemptedAt === undefined) return undefined;
  const seconds = Math.max(0, Math.floor((now - Date.parse(attemptedAt)) / 1_000));
  return `Writes are refused: ${seconds} s of at most ${timeoutSeconds} s`;
}

const LAPSED = {
  result: "refused",
  text: "Nobody has begun it in time: is the guard deployed with operations, and at work? Nothing was changed by it.",
} as const;

const DEAD = {
  result: "failed",
  text: "Nobody works on it: what it runs in is not in this state folder. See how things stand with: npx bluegreen-guard status",
} as const;

/** The notes of the current run, except how it ended, which is shown separately. */
function notesOf({ notes = [], resumed = [] }: OperationRequest): OperationNote[] {
  return notes.filter(({ run, step }) => run === resumed.length && !Object.hasOwn(WORD, step));
}

const textOf = (note: OperationNote | undefined): string | undefined => note && words.saidWords(note.said, inTerminal);

function show({ step, at, said }: OperationNote, shown: Set<string>, terminal: Terminal): void {
  const text = words.saidWords(said, inTerminal);
  const key = `${at} ${text}`;
  if (shown.has(key)) return;
  shown.add(key);
  terminal.say(`${utcTime(at)}  ${oneLine(text)}`);
  terminal.tell({ step, at, text });
}

function end(
  { result, text, at }: { result: OperationResult; text: string; at: string },
  created: string | undefined,
  terminal: Terminal,
): Ended {
  terminal.say(`${WORD[result]}  ${oneLine(text)}`);
  terminal.tell({ step: result, at, text });
  return { outcome: result, deployment: created };
}

const WORD: Record<OperationResult, string> = {
  done: "Done.",
  partly: "PARTLY DONE.",
  failed: "FAILED.",
  refused: "Refused.",
  cancelled: "Stopped.",
  unclear: "UNCLEAR.",
};

function leavingWords(request: OperationRequest | undefined, guard: Guard): string {
  const what = guard.isHere
    ? "This process did the work: it stands still now, and RDS only ends what it was told already."
    : "The deployed guard goes on with it.";
  if (!request) return `\nLeft. ${what}`;
  const { operation, deploymentName: name } = request;
  return [
    `\nLeft. ${what}`,
    `  ${guard.isHere ? "to go on:     " : "to follow it: "} ${guard.commandToGoOn(operation, name)}`,
    `  to stop it:    ${guard.commandToCancel(name)}`,
  ].join("\n");
}
