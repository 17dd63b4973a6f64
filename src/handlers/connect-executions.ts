import { createExecutions, runningIn } from "../clients/executions.ts";
import type { Connected } from "./connect.ts";

/** The same guard, which also asks Lambda about durable executions. */
export const withExecutions = <G extends Connected>(guard: G) => ({ ...guard, executions: createExecutions(guard.aws) });

/** The same guard, which also knows whether the execution that holds a database can still change something. */
export const withRunning = <G extends Connected>(guard: G) => {
  const executions = createExecutions(guard.aws);
  return { ...guard, executions, isRunning: runningIn(executions) };
};
