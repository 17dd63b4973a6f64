import { WITHOUT_FILES } from "../clients/aws.ts";
import { createExecutions, runningIn } from "../clients/executions.ts";
import { createTelemetry } from "../clients/lambda-telemetry.ts";
import { systemTime } from "../clients/time.ts";
import type { LambdaAws, LambdaTrace } from "../settings/lambda.ts";
import type { Settings } from "../settings/settings.ts";
import { type Connected, connect } from "./connect.ts";

/**
 * Connects the guard as a function in AWS: traces its calls, and leaves region, credentials and endpoints to the SDK.
 */
export function connectLambda(settings: Settings, lambda: LambdaAws & LambdaTrace) {
  const telemetry = createTelemetry(lambda);
  const { equip, trace, fetch } = telemetry;
  const { region, endpointOf, credentials } = lambda;
  const aws = { region, endpoint: endpointOf("RDS"), endpointOf, credentials, sdk: WITHOUT_FILES, equip, trace };
  return connect(settings, { aws, fetch, telemetry, time: systemTime });
}

/** The same guard, which also asks Lambda about durable executions. */
export const withExecutions = <G extends Connected>(guard: G) => ({ ...guard, executions: createExecutions(guard.aws) });

/** The same guard, which also knows whether the execution that holds a database can still change something. */
export const withRunning = <G extends Connected>(guard: G) => {
  const executions = createExecutions(guard.aws);
  return { ...guard, executions, isRunning: runningIn(executions) };
};
