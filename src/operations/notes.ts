import type { ClaimPorts } from "./claim.ts";
import type { OperationStep } from "./operation.ts";
import type { OperationNote, OperationRequest } from "./request.ts";
import { amendRequest } from "./requests.ts";

// A creation that waits for blue says why, each time that the reason changes.
const MOST_NOTES = 100;

/** Records where an operation stands, once per run for the same note. Returns the request and the note as stored. */
export async function writeNote(
  requestId: string,
  step: OperationStep,
  text: string,
  { records, now }: Pick<ClaimPorts, "records" | "now">,
): Promise<{ request: OperationRequest; note: OperationNote }> {
  const at = new Date(now()).toISOString();
  const request = await amendRequest(records, requestId, (it) => withNote(it, step, text, at));
  return { request, note: noteOf(request, step, text) ?? { step, at, text, run: runOf(request) } };
}

/** The request with a note of where its operation stood at `at` (ISO 8601), unless it has that note. */
export function withNote(request: OperationRequest, step: OperationStep, text: string, at: string): OperationRequest {
  const { notes = [] } = request;
  if (noteOf(request, step, text) !== undefined || notes.length >= MOST_NOTES) return request;
  return { ...request, notes: [...notes, { step, at, text, run: runOf(request) }] };
}

const runOf = ({ resumed = [] }: OperationRequest): number => resumed.length;

/** The note of a step in this run; steps that can repeat with another text are told apart by it. */
export function noteOf(request: OperationRequest, step: OperationStep, text: string): OperationNote | undefined {
  const isSame = (note: OperationNote) => note.step === step && note.run === runOf(request) && (!REPEATS.has(step) || note.text === text);
  return request.notes?.find(isSame);
}

const REPEATS: ReadonlySet<OperationStep> = new Set(["waiting", "stuck", "reported"]);
