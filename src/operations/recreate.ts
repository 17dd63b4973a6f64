import type { DurableContext, DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import { rdsName } from "../deployments/arn.ts";
import { amendItem } from "./amend-item.ts";
import { claim, mayGoOn, release } from "./claim.ts";
import { lookUntilDone, retryStrategy } from "./polling.ts";
import { FinalError, type RecreatePorts } from "./recreate-ports.ts";
import { buildStateOf, createAgain, deleteGreen, intend, isGone } from "./recreate-steps.ts";
import { type OperationRequest, requestKey } from "./request.ts";

/** What a recreation is started with: an id to look up, and nothing to act on. */
export interface RecreateInput {
  requestId: string;
}

/** How a recreation ended. */
export type RecreateOutput =
  | { outcome: "done"; deployment: string }
  | { outcome: "duplicate" }
  | { outcome: "refused" | "failed"; reason: string };

/**
 * Makes the workflow that deletes a deployment with its green and creates it again from its own spec.
 *
 * Names and order of its operations are what executions under way are replayed by: to change them breaks those.
 */
export function createRecreate(ports: RecreatePorts): DurableExecutionHandler<RecreateInput, RecreateOutput> {
  return async ({ requestId }, context) => {
    const execution = context.executionContext.durableExecutionArn;
    const claimed = await context.step("claim", () => claim(requestId, execution, ports), { retryStrategy });
    if (claimed.result === "duplicate") return { outcome: "duplicate" };
    if (claimed.result === "refused") return { outcome: "refused", reason: claimed.reason };
    const { request } = claimed;
    try {
      const deployment = await recreate(context, request, requestId, execution, ports);
      return await end(context, request, requestId, execution, { outcome: "done", deployment }, ports);
    } catch (error) {
      const { outcome, reason } = failureOf(error);
      return await end(context, request, requestId, execution, { outcome, reason }, ports);
    }
  };
}

async function recreate(
  context: DurableContext,
  request: OperationRequest,
  requestId: string,
  execution: string,
  ports: RecreatePorts,
): Promise<string> {
  const intent = await context.step("intend", () => intend(request, requestId, execution, ports), { retryStrategy });
  for (const arn of intent.protectedGreens) {
    const green = rdsName(arn);
    const unprotect = async () => {
      await mayGoOn(requestId, request.blue, execution, ports.records);
      await ports.rds.unprotect(green);
    };
    await context.step(`unprotect ${green.name}`, unprotect, { retryStrategy });
  }
  await context.step("delete", () => deleteGreen(requestId, execution, intent, ports), { retryStrategy });
  const gone = await lookUntilDone(context, "gone", async () => ({ done: await isGone(request.deploymentId, intent, ports) }));
  if (gone.broken !== undefined) throw new FinalError(gone.broken);
  const created = await context.step("create", () => createAgain(requestId, execution, intent, ports), { retryStrategy });
  const built = await lookUntilDone(context, "built", async () => {
    const { ready, broken } = await buildStateOf(created, ports);
    return { done: ready, broken };
  });
  if (built.broken !== undefined) throw new FinalError(built.broken);
  return created;
}

/** Writes down how it ended and lets go of the database. */
async function end(
  context: DurableContext,
  request: OperationRequest,
  requestId: string,
  execution: string,
  output: Exclude<RecreateOutput, { outcome: "duplicate" }>,
  { records, now }: RecreatePorts,
): Promise<RecreateOutput> {
  await context.step(
    "end",
    async () => {
      const text = output.outcome === "done" ? `Created as ${output.deployment}.` : output.reason;
      const outcome = { result: output.outcome, text, at: new Date(now()).toISOString() };
      await amendItem<OperationRequest>(records, { ...request, key: requestKey(requestId) }, (it) => ({
        ...it,
        outcome: it.outcome ?? outcome,
      }));
      await release(request.blue, execution, records);
    },
    { retryStrategy },
  );
  return output;
}

/** The SDK gives what a step threw as the cause, with its name and its words. */
function failureOf(error: unknown): { outcome: "refused" | "failed"; reason: string } {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const reason = cause instanceof Error ? cause.message : String(cause);
  const isStopped = cause instanceof Error && cause.name === "StoppedError";
  return { outcome: isStopped ? "refused" : "failed", reason };
}
