import type { Records } from "../clients/records.ts";
import type { BlueItem, Claim } from "./claim.ts";
import { newRequest, type OperationRequest, requestKey } from "./request.ts";
import { writeRequest } from "./requests.ts";
import { GUARD } from "./says/asker.ts";

/**
 * Writes a request in the place of each that is not kept any more though it holds one of the databases, so that a person finds it and ends it
 * like any other. It lets nothing more be changed. `now` is in milliseconds since 1970.
 */
export async function standInForLost(blues: readonly BlueItem[], records: Pick<Records, "read" | "write">, now: number): Promise<void> {
  for (const { key, claim } of blues) {
    const request = claim && standIn(key.slice("blue#".length), claim, now);
    if (request && !(await records.read(request.key))) await writeRequest(records, request);
  }
}

function standIn(blue: string, claim: Claim, now: number): OperationRequest | undefined {
  const { requestId, operation, deploymentId, deploymentName = deploymentId, since, unclear, owner } = claim;
  // Of an earlier version of the guard: nobody could name it.
  if (deploymentId === undefined || deploymentName === undefined) return undefined;
  const asked = {
    operation,
    deploymentId,
    deploymentName,
    blue,
    requestedBy: GUARD,
    via: "terminal",
    stateHash: "",
    approved: true,
  } as const;
  return {
    ...newRequest(requestId, asked, now),
    key: requestKey(requestId),
    requestedAt: since,
    usedBy: owner,
    standsIn: true,
    cancelled: { by: GUARD, at: new Date(now).toISOString() },
    ...(operation === "switchover" && { attemptedAt: since }),
    ...(unclear !== undefined && { outcome: { result: "unclear", said: unclear, at: since } }),
  };
}
