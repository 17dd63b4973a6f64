import type { Executions } from "../clients/executions.ts";
import { endOperation } from "../operations/end.ts";
import { remembering } from "../operations/read/remembering.ts";
import { brokenOff } from "../operations/settle.ts";
import { createOperationTeller, type TellOperationDependencies } from "../telling/tell-operation.ts";
import { selfTestIn } from "./self-test/event.ts";
import { markHeard } from "./self-test/mark.ts";

/** Lambda's event about an execution that has ended. Source: Lambda developer guide, "Monitoring durable functions". */
export interface StatusChangeEvent {
  detail?: { durableExecutionArn?: unknown; functionArn?: unknown; status?: unknown };
}

/**
 * Creates the handler that releases the claim of an execution that failed, timed out or was stopped before it could do so itself.
 *
 * The event is only the reason to ask Lambda. @throws Error if the event names no ARN or the execution no request; what the clients throw
 */
export function createReleaseHandler(given: ReleaseDependencies): (event: StatusChangeEvent) => Promise<void> {
  const dependencies = { ...given, rds: remembering(given.rds, given.records) };
  const { executions, records, time } = dependencies;
  return async (event) => {
    const arn = event.detail?.durableExecutionArn;
    if (typeof arn !== "string") throw new Error(`The event names no durable execution: ${JSON.stringify(event.detail)}`);
    const execution = await executions.read(arn);
    const input: unknown = JSON.parse(execution?.input ?? "{}");
    const selfTest = selfTestIn(input);
    // Nobody waits for it, and it holds no database.
    if (selfTest) return markHeard(selfTest.id, event.detail?.functionArn, time.now(), records);
    const requestId = requestIdIn(input);
    if (!execution || requestId === undefined)
      throw new Error(`An execution ended whose request cannot be told: ${arn}. See which database it worked on, and free its claim.`);
    if (execution.status === "RUNNING" || execution.status === "SUCCEEDED") return;
    const reason = brokenOff({ state: "ended", status: execution.status }, arn);
    const tell = createOperationTeller(dependencies);
    await endOperation(requestId, arn, { reason }, { records, now: () => time.now(), tell });
  };
}

/** What the release function needs from the outside. */
export interface ReleaseDependencies extends TellOperationDependencies {
  executions: Pick<Executions, "read">;
}

function requestIdIn(value: unknown): string | undefined {
  const id = typeof value === "object" && value !== null && "requestId" in value ? value.requestId : undefined;
  return typeof id === "string" ? id : undefined;
}
