import type { ClaimPorts } from "./claim.ts";
import { hold, release } from "./claim.ts";
import { writeNote } from "./notes.ts";
import type { RecreateOutput } from "./recreate.ts";
import { outcomeWords } from "./recreate-words.ts";
import type { OperationNote, OperationRequest, OperationResult } from "./request.ts";
import { requestKey } from "./request.ts";
import { amendRequest } from "./requests.ts";

/** What ending an operation needs of the outside. */
export interface EndPorts extends Pick<ClaimPorts, "records" | "now"> {
  /** Tells people of a note; the same note may come again. */
  tell(request: OperationRequest, note: OperationNote): Promise<boolean>;
}

/**
 * Writes down how the execution's operation ended, lets go of the database, and tells people; with `reason` it did not do all.
 *
 * After a failure, or where a person held it, the policy leaves the database alone until a person has an operation done.
 */
export async function endOperation(
  requestId: string,
  execution: string,
  reason: string | undefined,
  { records, now, tell }: EndPorts,
): Promise<RecreateOutput> {
  const stored = await records.read<OperationRequest>(requestKey(requestId));
  // Of a request that nobody wrote, or that is another's, there is nothing to write down.
  if (stored?.usedBy !== execution) return { outcome: "refused", text: reason };
  const at = new Date(now()).toISOString();
  const ended = await amendRequest(records, requestId, (it) => {
    if (it.outcome) return it;
    const result = resultOf(it, reason);
    return { ...it, outcome: { result, text: outcomeWords(it, result, reason), at } };
  });
  const { result, text } = ended.outcome ?? { result: "failed", text: "" };
  const isFailure = result === "failed" && !ended.degradedAgain;
  if (isFailure || (result === "cancelled" && ended.via === "policy")) await hold(ended.blue, { reason: text, at }, records);
  await release(ended.blue, execution, records);
  const { request, note } = await writeNote(requestId, result, text, { records, now });
  await tell(request, note);
  return { outcome: result, deployment: ended.created, text };
}

function resultOf({ cancelled, deletionBegunAt, unprotectBegunAt }: OperationRequest, reason: string | undefined): OperationResult {
  if (reason === undefined) return "done";
  if (cancelled) return "cancelled";
  return deletionBegunAt !== undefined || unprotectBegunAt !== undefined ? "failed" : "refused";
}
