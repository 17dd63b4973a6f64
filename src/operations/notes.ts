import { isSame } from "../facts/hash-of.ts";
import type { ClaimPorts } from "./claim.ts";
import type { OperationStep } from "./operation.ts";
import type { OperationNote, OperationRequest } from "./request.ts";
import { amendRequest } from "./requests.ts";
import type { Said } from "./says/sayings.ts";

// A creation that waits for blue says why, each time that the reason changes.
const MOST_NOTES = 100;

/** Records where an operation stands, once per run for the same note. Returns the request and the note as stored. */
export async function writeNote(
  requestId: string,
  step: OperationStep,
  said: Said,
  { records, now }: Pick<ClaimPorts, "records" | "now">,
): Promise<{ request: OperationRequest; note: OperationNote }> {
  const at = new Date(now()).toISOString();
  const request = await amendRequest(records, requestId, (it) => withNote(it, step, said, at));
  return { request, note: noteOf(request, step, said) ?? { step, at, said, run: runOf(request) } };
}

/** The request with a note of where its operation stood at `at` (ISO 8601), unless it has that note. */
export function withNote(request: OperationRequest, step: OperationStep, said: Said, at: string): OperationRequest {
  const { notes = [] } = request;
  if (noteOf(request, step, said) !== undefined || notes.length >= MOST_NOTES) return request;
  return { ...request, notes: [...notes, { step, at, said, run: runOf(request) }] };
}

const runOf = ({ resumed = [] }: OperationRequest): number => resumed.length;

/** The note of a step in this run; of steps that can repeat what they say tells them apart. */
export function noteOf(request: OperationRequest, step: OperationStep, said: Said): OperationNote | undefined {
  const isIt = (note: OperationNote) =>
    note.step === step && note.run === runOf(request) && (!REPEATS.has(step) || isSame(note.said, said));
  return request.notes?.find(isIt);
}

const REPEATS: ReadonlySet<OperationStep> = new Set(["waiting", "stuck", "reported"]);
