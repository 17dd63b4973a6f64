import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import type { Metrics } from "../clients/metrics.ts";
import type { Rds } from "../clients/rds/rds.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { degradationOf } from "../operations/confirm-degradation.ts";
import type { OperationOutput } from "../operations/end.ts";
import type { OperationName } from "../operations/index.ts";
import { isDeletedSince } from "../operations/read/deployment-events.ts";
import { keepingLatest } from "../operations/read/latest-look.ts";
import { listingOnce } from "../operations/read/listed-before.ts";
import { remembering } from "../operations/read/remembering.ts";
import { recreate } from "../operations/recreate/operation.ts";
import type { AutomaticLimits, RecreatePorts } from "../operations/recreate/ports.ts";
import { createRecreate } from "../operations/recreate/workflow.ts";
import { switchoverEventsOf } from "../operations/switchover/events.ts";
import { switchover } from "../operations/switchover/operation.ts";
import type { SwitchoverPorts } from "../operations/switchover/ports.ts";
import { createSwitchover } from "../operations/switchover/workflow.ts";
import type { OperationInput } from "../operations/workflow.ts";
import { createOperationPulse } from "../telling/operation-pulse.ts";
import { createOperationTeller, type TellOperationDependencies } from "../telling/tell-operation.ts";

type Handler = DurableExecutionHandler<OperationInput, OperationOutput>;

/** Creates the durable function that recreates. */
export function createRecreateHandler(dependencies: RecreateDependencies): Handler {
  const { operating, telling } = sharingLooks(dependencies, recreate.changes);
  return createRecreate({ ...operationPorts(operating), automatic: dependencies, tell: createOperationTeller(telling) });
}

/** Creates the durable function that switches over. */
export function createSwitchoverHandler(dependencies: SwitchoverDependencies): Handler {
  const { operating, telling } = sharingLooks(dependencies, switchover.changes);
  return createSwitchover({ ...switchoverPorts(operating), tell: createOperationTeller(telling), pulse: createOperationPulse(telling) });
}

/** What makes the durable function of each operation, for a guard that runs all of them in one process. */
export const OPERATION_HANDLERS: Readonly<Record<OperationName, (dependencies: RecreateDependencies & SwitchoverDependencies) => Handler>> =
  {
    recreate: createRecreateHandler,
    switchover: createSwitchoverHandler,
  };

/** What the recreate function needs from the outside. */
export interface RecreateDependencies
  extends TellOperationDependencies,
    AutomaticLimits,
    Pick<RecreatePorts, "executions" | "isRunning" | "isUnwatched" | "principal"> {
  stuckAfterHours: number;
  rds: RecreatePorts["rds"] & Rds;
}

/** What the switchover function needs from the outside. */
export interface SwitchoverDependencies
  extends TellOperationDependencies,
    Pick<SwitchoverPorts, "executions" | "isRunning" | "isUnwatched"> {
  rds: SwitchoverPorts["rds"] & Rds;
  /** Says how far green lags behind blue; nothing waits for it. */
  metrics: Pick<Metrics, "lag">;
}

/** What the workflow works with, and the same for telling, which knows what the workflow has just seen. */
function sharingLooks<D extends TellOperationDependencies>(
  given: D,
  changes: readonly string[],
): { operating: D; telling: TellOperationDependencies } {
  const { rds, latest } = keepingLatest(given.rds, changes, () => given.time.now());
  return { operating: { ...given, rds }, telling: { ...given, rds: remembering(given.rds, given.records), latest } };
}

/** The ports of a workflow, except for telling. */
export function operationPorts<D extends OperationDependencies>(dependencies: D) {
  const { time, records } = dependencies;
  const now = () => time.now();
  const rds: D["rds"] = remembering(dependencies.rds, records);
  const listing = listingOnce(rds, now);
  return {
    ...dependencies,
    rds,
    now,
    degradation: (deployment: Deployment) => degradationOf(deployment, listing, now()),
    isDeleted: (deployment: Deployment, since: number) => isDeletedSince(deployment, listing, since, now()),
  };
}

/** The same for a switchover, which also asks what RDS's events say about it. */
export function switchoverPorts<D extends OperationDependencies>(dependencies: D) {
  const switchoverEvents: SwitchoverPorts["switchoverEvents"] = (deployment, from) =>
    switchoverEventsOf(deployment, dependencies.rds, from, dependencies.time.now());
  return { ...operationPorts(dependencies), switchoverEvents };
}

/** What every workflow asks, but for how it is told of. */
export interface OperationDependencies extends Pick<RecreatePorts, "isRunning" | "records"> {
  rds: Rds;
  time: { now(): number };
}
