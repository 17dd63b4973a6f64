import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import type { OperationOutput } from "../end.ts";
import { FinalError } from "../final-error.ts";
import { retryStrategy, waitUntilDone } from "../polling.ts";
import { createWorkflow, type OperationInput, tellStep } from "../workflow.ts";
import type { SwitchoverPorts } from "./ports.ts";
import { attempt, intendSwitchover, lookEnded, lookReady, seeEnd } from "./steps.ts";
import { attemptedWords, startedSwitchoverWords } from "./words.ts";

const LOOK_EVERY_SECONDS = 5;

/**
 * Creates the workflow that switches a deployment over, at most once whatever crashes, and says what came of it.
 *
 * Lambda replays executions under way by the names and order of its operations: changing these breaks those executions.
 */
export function createSwitchover(ports: SwitchoverPorts): DurableExecutionHandler<OperationInput, OperationOutput> {
  return createWorkflow(ports, async ({ context, requestId, execution, request }) => {
    const longestSeconds = LOOK_EVERY_SECONDS;
    const pulse = async (shows: string | undefined) => ports.pulse?.(request, shows);
    await context.step("intend", () => intendSwitchover(request, requestId, execution, ports), { retryStrategy });
    const since = await tellStep(context, requestId, "started", startedSwitchoverWords(request), ports);
    const { broken } = await waitUntilDone(context, "ready", {
      look: () => lookReady(request, requestId, since, ports),
      pulse,
      longestSeconds,
    });
    if (broken !== undefined) throw new FinalError(broken);
    const attempted = await context.step("attempt", () => attempt(requestId, execution, ports), { retryStrategy });
    await tellStep(context, requestId, "switching", attemptedWords(attempted), ports);
    const ended = await waitUntilDone(context, "ended", { look: () => lookEnded(requestId, ports), pulse, longestSeconds });
    if (ended.broken !== undefined) return { result: "unclear", reason: ended.broken };
    return context.step("see", () => seeEnd(requestId, ports), { retryStrategy });
  });
}
