import { createExecutions, runningIn } from "../clients/executions.ts";
import { createTelemetry } from "../clients/powertools.ts";
import { systemTime } from "../clients/time.ts";
import type { Settings } from "../settings/settings.ts";
import { type Connected, connect } from "./connect.ts";

/**
 * Connects the guard as a function in AWS: traces its calls, and leaves region, credentials and endpoints to the SDK.
 *
 * It has its own file, since the X-Ray SDK under Powertools' tracer hooks every promise of the process that loads it.
 */
export function connectLambda(settings: Settings) {
  const telemetry = createTelemetry();
  const { client: equip, fetch } = telemetry;
  const aws = { equip };
  return connect(settings, { aws, fetch, telemetry, time: systemTime });
}

/** The same guard, which also asks Lambda about durable executions. */
export const withExecutions = <G extends Connected>(guard: G) => ({ ...guard, executions: createExecutions(guard.aws) });

/** The same guard, which also knows whether the execution that holds a database can still change something. */
export const withRunning = <G extends Connected>(guard: G) => {
  const executions = createExecutions(guard.aws);
  return { ...guard, executions, isRunning: runningIn(executions) };
};
