import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import type { Executions } from "../clients/executions.ts";
import type { Rds } from "../clients/rds/rds.ts";
import { runningIn } from "../clients/running-in.ts";
import { degradationOf } from "../operations/confirm-degradation.ts";
import { switchoverEventsOf } from "../operations/deployment-events.ts";
import type { OperationOutput } from "../operations/end.ts";
import type { SwitchoverPorts } from "../operations/switchover/ports.ts";
import { createSwitchover } from "../operations/switchover/workflow.ts";
import type { OperationInput } from "../operations/workflow.ts";
import { createOperationPulse, type Pulsed } from "../telling/operation-pulse.ts";
import { createOperationTeller, type TellOperationDependencies } from "../telling/tell-operation.ts";

/** What the switchover function needs of the outside. */
export interface SwitchoverDependencies extends Omit<TellOperationDependencies, "context"> {
  rds: SwitchoverPorts["rds"] & Rds;
  executions: Executions;
}

/** Makes the durable function that switches over: the workflow, told of in Slack, in the records and on the event bus. */
export function createSwitchoverHandler(dependencies: SwitchoverDependencies): DurableExecutionHandler<OperationInput, OperationOutput> {
  const pulsed: Pulsed = new Map();
  return (input, context) => {
    const telling = { ...dependencies, context: () => context.lambdaContext };
    const told = { tell: createOperationTeller(telling), pulse: createOperationPulse(telling, pulsed) };
    return createSwitchover({ ...switchoverPorts(dependencies), ...told })(input, context);
  };
}

/** The ports of the workflow but for how it is told of. */
export function switchoverPorts(
  dependencies: Pick<SwitchoverDependencies, "rds" | "records" | "executions" | "time">,
): Omit<SwitchoverPorts, "tell"> {
  const { rds, records, executions, time } = dependencies;
  const now = () => time.now();
  return {
    rds,
    records,
    now,
    isRunning: runningIn(executions),
    degradation: (deployment) => degradationOf(deployment, rds, now()),
    switchoverEvents: (deployment, from) => switchoverEventsOf(deployment, rds, from),
  };
}
