import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import type { OperationOutput } from "../end.ts";
import { FinalError } from "../final-error.ts";
import type { OperationRequest } from "../request.ts";
import { retryStrategy } from "../retry.ts";
import { askerOf, namedIn } from "../says/asker.ts";
import type { Said } from "../says/sayings.ts";
import type { Shown } from "../says/shown.ts";
import { waitUntilDone } from "../waiting/wait.ts";
import { createWorkflow, type OperationInput, tellStep } from "../workflow.ts";
import type { SwitchoverPorts } from "./ports.ts";
import { attempt, intendSwitchover, lookEnded, lookReady, seeEnd } from "./steps.ts";

/** Writes are refused while it switches over: a look every ten seconds, for longer than RDS may take, its rollback included. */
const BUDGET = { netSeconds: 10, longestSeconds: 2 * 3_600 };

/**
 * Creates the workflow that switches a deployment over, at most once whatever crashes, and says what came of it.
 *
 * Lambda replays executions under way by the names and order of its operations: changing these breaks those executions.
 */
export function createSwitchover(ports: SwitchoverPorts): DurableExecutionHandler<OperationInput, OperationOutput> {
  return createWorkflow(ports, async (running) => {
    const { context, requestId, execution, request } = running;
    const pulse = async (shows: Shown | undefined) => ports.pulse?.(request, shows);
    await context.step("intend", () => intendSwitchover(request, requestId, execution, ports), { retryStrategy });
    const since = await tellStep(context, requestId, "started", begins(request), ports);
    const ready = (it: OperationRequest | undefined) => lookReady(it, request.deploymentId, requestId, since, ports);
    const { broken } = await waitUntilDone(running, "ready", { look: ready, pulse, budget: BUDGET }, ports);
    if (broken !== undefined) throw new FinalError(broken);
    const attempted = await context.step("attempt", () => attempt(requestId, execution, ports), { retryStrategy });
    await tellStep(context, requestId, "switching", { code: attempted === "unsure" ? "perhaps-switching-over" : "switching-over" }, ports);
    const ended = await waitUntilDone(running, "ended", { look: () => lookEnded(requestId, ports), pulse, budget: BUDGET }, ports);
    if (ended.broken !== undefined) return { result: "unclear", reason: ended.broken };
    return context.step("see", () => seeEnd(requestId, ports), { retryStrategy });
  });
}

/** What is about to be done, and who wants it. */
const begins = (request: OperationRequest): Said => ({
  code: "switchover-begins",
  asker: askerOf(request),
  deployment: namedIn(request),
  timeoutSeconds: request.timeoutSeconds,
});
