import { whyNotAgain } from "../operations/apply-policy.ts";
import { endLate, isLate } from "../operations/end.ts";
import type { PolicySettings } from "../operations/policy-now.ts";
import { hasLapsed, requestIdOf } from "../operations/request.ts";
import { openRequests } from "../operations/requests.ts";
import { createOperationTeller, type TellOperationDependencies } from "../telling/tell-operation.ts";
import { inTurns } from "./failures.ts";

/**
 * Ends what people asked for and nothing has begun in time, and what the policy has asked for and does not want any more, and writes down
 * what to tell; returns what failed.
 */
export async function endAllLate(dependencies: TellOperationDependencies & PolicySettings): Promise<unknown[]> {
  const { records, time } = dependencies;
  // The sweep tells it with everything else that waits.
  const tell = createOperationTeller({ ...dependencies, tellBudgetMs: 0 });
  const ports = { records, now: () => time.now(), tell };
  const lapsed = (await openRequests(records)).filter((request) => hasLapsed(request, time.now()));
  return inTurns(lapsed, async (request) => {
    const id = requestIdOf(request.key) ?? "";
    if (isLate(request, time.now())) return endLate(request, id, ports);
    const why = await whyNotAgain(request, dependencies);
    return why === undefined ? undefined : endLate(request, id, ports, why);
  });
}
