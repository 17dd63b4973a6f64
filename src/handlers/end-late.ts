import { endLate, isLate } from "../operations/end.ts";
import { requestIdOf } from "../operations/request.ts";
import { openRequests } from "../operations/requests.ts";
import { createOperationTeller, type TellOperationDependencies } from "../telling/tell-operation.ts";
import { inTurns } from "./failures.ts";

/** Ends what people asked for and nothing has begun in time, and writes down what to tell them; returns what failed. */
export async function endAllLate(dependencies: TellOperationDependencies): Promise<unknown[]> {
  const { records, time } = dependencies;
  // The sweep tells it with everything else that waits.
  const tell = createOperationTeller({ ...dependencies, tellBudgetMs: 0 });
  const ports = { records, now: () => time.now(), tell };
  const late = (await openRequests(records)).filter((request) => isLate(request, time.now()));
  return inTurns(late, (request) => endLate(request, requestIdOf(request.key) ?? "", ports));
}
