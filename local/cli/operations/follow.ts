import { setTimeout } from "node:timers/promises";
import { cancelCommand } from "../../../src/deployments/commands.ts";
import { ageWords } from "../../../src/deployments/plan-words.ts";
import { type OperationRequest, type OperationResult, requestKey } from "../../../src/operations/request.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import type { Terminal } from "./terminal.ts";

/** How an operation ended, for the exit code and the last line. */
export interface Ended {
  outcome: OperationResult;
  /** Id of the new deployment, where there is one. */
  deployment?: string;
}

const LOOK_EVERY_MS = 500;
const BEGUN_WITHIN_MS = 60_000;

/** Shows what the operation does until it has ended. */
export async function follow(requestId: string, guard: Guard, place: Place, terminal: Terminal): Promise<Ended> {
  const since = Date.now();
  let shown = 0;
  let wondered = false;
  for (;;) {
    await guard.hear();
    const request = await guard.records.read<OperationRequest>(requestKey(requestId));
    if (!request) throw new Error(`The request ${requestId} is not there any more.`);
    const notes = request.notes ?? [];
    for (const note of notes.slice(shown)) {
      // How it ended is said below, once.
      if (note.step !== request.outcome?.result) terminal.say(`${note.at.slice(11, 19)}  ${note.text}`);
      terminal.tell({ step: note.step, at: note.at, text: note.text });
    }
    shown = notes.length;
    if (request.outcome) return told(request.outcome, request.created, terminal);
    const isWaiting = request.usedBy === undefined;
    if (isWaiting && place.now() >= Date.parse(request.validUntil)) {
      return told(
        { result: "refused", text: "Nobody has begun it in time: is the guard deployed with operations, and at work?" },
        undefined,
        terminal,
      );
    }
    if (isWaiting && !wondered && Date.now() - since >= BEGUN_WITHIN_MS) {
      wondered = true;
      terminal.say(
        `It has not begun for a minute. See the log of the recreate function; to take it back: ${cancelCommand(request.deploymentName)}`,
      );
    }
    terminal.pulse(`${ageWords(Date.now() - since)} … ${notes.at(-1)?.text ?? "waiting for it to begin"}`);
    await setTimeout(LOOK_EVERY_MS);
  }
}

function told({ result, text }: { result: OperationResult; text: string }, created: string | undefined, terminal: Terminal): Ended {
  terminal.say(`${WORD[result]}  ${text}`);
  return { outcome: result, deployment: created };
}

const WORD: Record<OperationResult, string> = {
  done: "Done.",
  failed: "FAILED.",
  refused: "Refused.",
  cancelled: "Stopped.",
  unclear: "UNCLEAR.",
};
