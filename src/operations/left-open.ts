import type { Records } from "../clients/records.ts";
import type { Claim } from "./claim.ts";
import { isUndecided, type OperationRequest, requestKey } from "./request.ts";

/**
 * Why a claim stays though its execution has ended, in a sentence: RDS may have been asked to switch over, and nobody has said yet how that
 * ended. Undefined if others may begin on the database.
 */
export async function leftOpen({ requestId, owner, operation, since }: Claim, records: Pick<Records, "read">): Promise<string | undefined> {
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request || request.usedBy !== owner) return undefined;
  const isOpen = request.outcome === undefined ? request.attemptedAt !== undefined : isUndecided(request);
  if (!isOpen) return undefined;
  return `The execution of a ${operation} that began at ${since} has ended, and it is not clear how the ${operation} did: its thread says so within five minutes.`;
}
