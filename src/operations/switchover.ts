import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import { claim } from "./claim.ts";
import type { OperationOutput } from "./end.ts";
import { retryStrategy, waitUntilDone } from "./polling.ts";
import { FinalError } from "./recreate-ports.ts";
import type { SwitchoverPorts } from "./switchover-ports.ts";
import { attempt, intendSwitchover, lookEnded, lookReady, seeSwitchover } from "./switchover-steps.ts";
import { startedSwitchoverWords } from "./switchover-words.ts";
import { endStep, type OperationInput, reasonOf, tellStep } from "./workflow.ts";

const LOOK_EVERY_SECONDS = 5;

/**
 * Makes the workflow that switches a deployment over, at most once whatever crashes, and says what came of it.
 *
 * Names and order of its operations are what executions under way are replayed by: to change them breaks those.
 */
export function createSwitchover(ports: SwitchoverPorts): DurableExecutionHandler<OperationInput, OperationOutput> {
  return async (input, context) => {
    const requestId = String(input.requestId);
    const execution = context.executionContext.durableExecutionArn;
    const claimed = await context.step("claim", () => claim(requestId, execution, ports), { retryStrategy });
    if (claimed.result === "duplicate") return { outcome: "duplicate" };
    if (claimed.result === "refused") return endStep(context, requestId, execution, { reason: claimed.reason }, ports);
    const { request } = claimed;
    try {
      await context.step("intend", () => intendSwitchover(request, requestId, execution, ports), { retryStrategy });
      const since = await tellStep(context, requestId, "started", startedSwitchoverWords(request), ports);
      const { broken } = await waitUntilDone(context, "ready", {
        look: () => lookReady(request, since, ports),
        longestSeconds: LOOK_EVERY_SECONDS,
      });
      if (broken !== undefined) throw new FinalError(broken);
      await context.step("attempt", () => attempt(requestId, execution, ports), { retryStrategy });
      await tellStep(context, requestId, "switching", "RDS has begun: it refuses writes for a part of the time that this takes.", ports);
      const ended = await waitUntilDone(context, "ended", { look: () => lookEnded(requestId, ports), longestSeconds: LOOK_EVERY_SECONDS });
      if (ended.broken !== undefined)
        return await endStep(context, requestId, execution, { result: "unclear", reason: ended.broken }, ports);
      const seen = await context.step("see", async () => (await seeSwitchover(requestId, ports)).end ?? { result: "unclear" as const }, {
        retryStrategy,
      });
      return await endStep(context, requestId, execution, seen, ports);
    } catch (error) {
      return await endStep(context, requestId, execution, { reason: reasonOf(error) }, ports);
    }
  };
}
