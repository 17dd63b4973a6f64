import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import type { Context } from "aws-lambda";
import type { Executions } from "../clients/executions.ts";
import type { Rds } from "../clients/rds/rds.ts";
import { runningIn } from "../clients/running-in.ts";
import { degradationOf } from "../operations/confirm-degradation.ts";
import type { OperationOutput } from "../operations/end.ts";
import type { RecreatePorts } from "../operations/recreate/ports.ts";
import { createRecreate } from "../operations/recreate/workflow.ts";
import type { OperationInput } from "../operations/workflow.ts";
import { createOperationPulse, type Pulsed } from "../telling/operation-pulse.ts";
import { createOperationTeller, type TellOperationDependencies } from "../telling/tell-operation.ts";

/** What the recreate function needs of the outside. */
export interface RecreateDependencies
  extends Omit<TellOperationDependencies, "context">,
    Pick<RecreatePorts, "principal" | "stuckAfterHours" | "automatic"> {
  rds: RecreatePorts["rds"] & Rds;
  executions: Executions;
}

/** Makes the durable function that recreates: the workflow, told of in Slack, in the records and on the event bus. */
export function createRecreateHandler(dependencies: RecreateDependencies): DurableExecutionHandler<OperationInput, OperationOutput> {
  const pulsed: Pulsed = new Map();
  return (input, context) => {
    const telling = { ...dependencies, context: (): Context => context.lambdaContext };
    const told = { tell: createOperationTeller(telling), pulse: createOperationPulse(telling, pulsed) };
    return createRecreate({ ...recreatePorts(dependencies), ...told })(input, context);
  };
}

/** The ports of the workflow but for how it is told of. */
export function recreatePorts(
  dependencies: Pick<RecreateDependencies, "rds" | "records" | "executions" | "time" | "principal" | "stuckAfterHours" | "automatic">,
): Omit<RecreatePorts, "tell"> {
  const { rds, executions, time } = dependencies;
  const now = () => time.now();
  return {
    ...dependencies,
    now,
    isRunning: runningIn(executions),
    degradation: (deployment) => degradationOf(deployment, rds, now()),
  };
}
