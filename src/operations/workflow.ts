import type { DurableContext } from "@aws/durable-execution-sdk-js";
import { type End, type EndPorts, endOperation, type OperationOutput } from "./end.ts";
import { writeNote } from "./notes.ts";
import { retryStrategy } from "./polling.ts";
import type { OperationStep } from "./request.ts";

/** What both workflows are started with: an id to look up, and nothing to act on. */
export interface OperationInput {
  requestId: string;
}

/** Writes down where it stands, and tells people; what Slack does not take now is told by the next sweep. Answers when (ISO 8601). */
export function tellStep(context: DurableContext, requestId: string, step: OperationStep, text: string, ports: EndPorts): Promise<string> {
  return context.step(
    `tell ${step}`,
    async () => {
      const { request, note } = await writeNote(requestId, step, text, ports);
      await ports.tell(request, note);
      return note.at;
    },
    { retryStrategy },
  );
}

/** Writes down how it ended, lets go of the database, and tells people. */
export function endStep(
  context: DurableContext,
  requestId: string,
  execution: string,
  how: End,
  ports: EndPorts,
): Promise<OperationOutput> {
  return context.step("end", () => endOperation(requestId, execution, how, ports), { retryStrategy });
}

/** Why a workflow could not go on: the SDK gives what a step threw as the cause, with its name and its words. */
export function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
