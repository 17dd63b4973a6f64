import type { OperationResult } from "../operation.ts";
import type { OperationRequest } from "../request.ts";
import { namedIn } from "../says/asker.ts";
import type { Reason } from "../says/reasons.ts";
import type { Said, Sayings } from "../says/sayings.ts";

/** How it ended, and what that means. */
export function switchoverEndedAs(request: OperationRequest, result: OperationResult, reason?: Reason): Said {
  const why = reason && { why: reason };
  const deployment = namedIn(request);
  if (result === "done") return { code: "switched-over", deployment, ...tookOf(request), ...why };
  if (result === "partly") return { code: "switched-over-in-part", deployment, ...why };
  if (result === "failed") return { code: "switchover-failed", deployment, ...why };
  if (result === "unclear") return { code: "switchover-unclear", deployment, ...why };
  if (result !== "cancelled" || request.attemptedAt === undefined) return { code: "nothing-changed", ...why };
  return { code: "switchover-cancelled", deployment, ...why };
}

/** What became of the names; everything else is in the report. */
function tookOf({ before }: OperationRequest): Pick<Sayings["switched-over"], "took"> {
  if (!before) return {};
  const { source, target } = before;
  const [from, to] = [source.engineVersion, target.engineVersion];
  return { took: { blue: source.name, green: target.name, ...(from !== undefined && to !== undefined && { versions: [from, to] }) } };
}
