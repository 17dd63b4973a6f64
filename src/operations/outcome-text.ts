import type { OperationName } from "./index.ts";
import type { OperationResult } from "./operation.ts";
import { outcomeWords } from "./recreate/words.ts";
import type { OperationRequest } from "./request.ts";
import { switchoverWords } from "./switchover/words.ts";

const OUTCOME_WORDS: Record<OperationName, (request: OperationRequest, result: OperationResult, reason?: string) => string> = {
  recreate: outcomeWords,
  switchover: switchoverWords,
};

/** How a request ended, in words: why, and what that leaves, also of a run before this one. */
export const outcomeText = (request: OperationRequest, result: OperationResult, reason?: string): string =>
  OUTCOME_WORDS[request.operation](request, result, reason);
