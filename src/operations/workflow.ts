import type { DurableContext, DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import type { ClaimPorts } from "./claim.ts";
import { type End, type EndPorts, endOperation, type OperationOutput } from "./end.ts";
import { writeNote } from "./notes.ts";
import type { OperationStep } from "./operation.ts";
import type { OperationRequest } from "./request.ts";
import { retryStrategy } from "./retry.ts";
import { reasonOf } from "./says/reasoned-error.ts";
import type { Said } from "./says/sayings.ts";
import { takeRequest } from "./use-request.ts";
import { unused } from "./waiting/budget.ts";
import type { Waiting } from "./waiting/wait.ts";

/** What every workflow is started with: an id to look up, and nothing to act on. */
export interface OperationInput {
  requestId: string;
}

/** An operation under way: what a workflow works with. */
export interface Running extends Waiting {
  /** ARN of the execution. */
  execution: string;
  request: OperationRequest;
}

/** Creates a workflow: takes the request and its claim, does `work`, records how it ended, releases the database, and tells people. */
export function createWorkflow(
  ports: ClaimPorts & EndPorts,
  work: (running: Running) => Promise<End>,
): DurableExecutionHandler<OperationInput, OperationOutput> {
  return async (input, context) => {
    const requestId = String(input.requestId);
    const execution = context.executionContext.durableExecutionArn;
    const claimed = await context.step("claim", () => takeRequest(requestId, execution, ports), { retryStrategy });
    if (claimed.result === "duplicate") return { outcome: "duplicate" };
    const how =
      claimed.result === "refused"
        ? { reason: claimed.reason }
        : await work({ context, requestId, used: unused(), execution, request: claimed.request }).catch((error: unknown) => ({
            reason: reasonOf(error),
          }));
    return context.step("end", () => endOperation(requestId, execution, how, ports), { retryStrategy });
  };
}

/** Records where the operation stands, and tells people; the next sweep tells what Slack does not accept now. Returns when (ISO 8601). */
export function tellStep(
  context: DurableContext,
  requestId: string,
  step: OperationStep,
  said: Said,
  ports: EndPorts,
  when?: "with the next",
): Promise<string> {
  return context.step(
    `tell ${step}`,
    async () => {
      const { request, note } = await writeNote(requestId, step, said, ports);
      await ports.tell(request, note, when);
      return note.at;
    },
    { retryStrategy },
  );
}
