import { type ClaimPorts, keepUnclear, leaveAlone, release } from "./claim.ts";
import type { OperationName } from "./index.ts";
import { writeNote } from "./notes.ts";
import type { OperationResult } from "./operation.ts";
import { outcomeWords } from "./recreate/words.ts";
import { type OperationNote, type OperationRequest, requestKey } from "./request.ts";
import { amendRequest } from "./requests.ts";
import { switchoverWords } from "./switchover/words.ts";

/** How an operation ended; `duplicate` is one that was started twice, and did nothing. */
export interface OperationOutput {
  outcome: OperationResult | "duplicate";
  /** Id of the new deployment, as far as one was created. */
  deployment?: string;
  text?: string;
}

/** How a workflow says that it ended. */
export interface End {
  /** Left out where a reason says that it did not do all: what was changed by then decides. */
  result?: OperationResult;
  reason?: string;
}

/** What ending an operation needs of the outside. */
export interface EndPorts extends Pick<ClaimPorts, "records" | "now"> {
  /** Tells people of a note; the same note may come again. */
  tell(request: OperationRequest, note: OperationNote): Promise<boolean>;
}

/**
 * Writes down how the execution's operation ended, lets go of the database, and tells people; with a `reason` it did not do all.
 *
 * After a failure, or where a person held it, the policy leaves the database alone until a person has an operation done. Where it is not clear
 * how it ended, the claim stays until a person has decided.
 */
export async function endOperation(
  requestId: string,
  execution: string,
  { result: said, reason }: End,
  { records, now, tell }: EndPorts,
): Promise<OperationOutput> {
  const stored = await records.read<OperationRequest>(requestKey(requestId));
  // Of a request that nobody wrote, or that is another's, there is nothing to write down.
  if (stored?.usedBy !== execution) return { outcome: "refused", text: reason };
  const at = new Date(now()).toISOString();
  const ended = await amendRequest(records, requestId, (it) => {
    if (it.outcome) return it;
    const result = said ?? (reason === undefined ? "done" : resultOf(it));
    return { ...it, outcome: { result, text: OUTCOME_WORDS[it.operation](it, result, reason), at } };
  });
  const { result, text } = ended.outcome ?? { result: "failed", text: "" };
  const isFailure = result === "failed" && !ended.degradedAgain;
  if (isFailure || (result === "cancelled" && ended.via === "policy")) await leaveAlone(ended.blue, { reason: text, at }, records);
  if (result === "unclear") await keepUnclear(ended.blue, execution, text, records);
  else await release(ended.blue, execution, records);
  const { request, note } = await writeNote(requestId, result, text, { records, now });
  await tell(request, note);
  return { outcome: result, deployment: ended.created, text };
}

const OUTCOME_WORDS: Record<OperationName, (request: OperationRequest, result: OperationResult, reason?: string) => string> = {
  recreate: outcomeWords,
  switchover: switchoverWords,
};

function resultOf({ cancelled, deletionBegunAt, unprotectBegunAt, attemptedAt }: OperationRequest): OperationResult {
  if (attemptedAt !== undefined) return "unclear";
  if (cancelled) return "cancelled";
  return deletionBegunAt !== undefined || unprotectBegunAt !== undefined ? "failed" : "refused";
}
