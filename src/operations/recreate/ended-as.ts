import type { OperationResult } from "../operation.ts";
import type { OperationRequest } from "../request.ts";
import { namedIn } from "../says/asker.ts";
import type { Reason } from "../says/reasons.ts";
import type { Left, Said } from "../says/sayings.ts";

/** What is there of a recreation that asked RDS for its deletion, and whose new deployment RDS has not named: lost answers hide much. */
export function leftOf(request: OperationRequest): Left {
  const { greenStays = false, deletedAt, creationBegunAt } = request;
  const deployment = namedIn(request);
  if (deletedAt === undefined) return { code: "perhaps-there", deployment };
  if (creationBegunAt === undefined) return { code: "nothing-in-its-place", deployment, greenStays };
  return { code: "perhaps-created", deployment, greenStays, newName: newNameOf(request) };
}

/** How it ended: at which step, and what exists now. */
export function recreationEndedAs(request: OperationRequest, result: OperationResult, reason?: Reason): Said {
  const { deletionBegunAt, deletionRefused, deletedAt, unprotectBegunAt, created } = request;
  const deployment = namedIn(request);
  const newName = newNameOf(request);
  if (result === "done") return { code: "recreated", deployment, newName, id: created ?? "", ...(reason && { but: reason }) };
  const why = reason && { why: reason };
  if (request.standsIn) return { code: "request-was-lost", deployment, ...why };
  if (created !== undefined) return { code: request.degradedAgain ? "degraded-again-to-green" : "new-green-not-ready", newName, ...why };
  if (deletedAt !== undefined) return { code: "deleted-and-not-created", deployment, left: leftOf(request), ...why };
  if (deletionRefused !== undefined) return { code: "deletion-refused", deployment, ...why };
  if (deletionBegunAt !== undefined) return { code: "deletion-unsure", deployment, left: leftOf(request), ...why };
  return { code: unprotectBegunAt ? "perhaps-unprotected" : "nothing-changed", ...why };
}

const newNameOf = ({ intent, deploymentName }: OperationRequest): string => intent?.create.BlueGreenDeploymentName ?? deploymentName;
