import type { OperationName } from "./index.ts";
import type { OperationResult } from "./operation.ts";
import { recreationEndedAs } from "./recreate/ended-as.ts";
import type { OperationRequest } from "./request.ts";
import type { Reason } from "./says/reasons.ts";
import type { Said } from "./says/sayings.ts";
import { switchoverEndedAs } from "./switchover/ended-as.ts";

const ENDED_AS: Record<OperationName, (request: OperationRequest, result: OperationResult, why?: Reason) => Said> = {
  recreate: recreationEndedAs,
  switchover: switchoverEndedAs,
};

/** How a request ended: why, and what that leaves, also of a run before this one. */
export const endedAs = (request: OperationRequest, result: OperationResult, why?: Reason): Said =>
  ENDED_AS[request.operation](request, result, why);
