import { createExecutions, runningIn } from "../clients/executions.ts";
import { createTelemetry } from "../clients/powertools.ts";
import { systemTime } from "../clients/time.ts";
import type { Settings } from "../settings/settings.ts";
import { type Connected, connect, createDeliveries } from "./connect.ts";

/**
 * Connects the guard as a function in AWS: its calls are traced, and region, credentials and endpoints are the SDK's own.
 *
 * It has a file of its own, since the X-Ray SDK below Powertools' tracer hooks every promise of the process that loads it.
 */
export function connectLambda(settings: Settings) {
  const telemetry = createTelemetry();
  const { client: traced, fetch } = telemetry;
  const aws = { traced };
  return connect(settings, { aws, fetch, deliveries: createDeliveries(settings.table, aws), telemetry, time: systemTime });
}

/** The same guard, which also asks Lambda about durable executions. */
export const withExecutions = <G extends Connected>(guard: G) => ({ ...guard, executions: createExecutions(guard.aws) });

/** The same guard, which also knows whether the execution that holds a database may still change something. */
export const withRunning = <G extends Connected>(guard: G) => ({ ...guard, isRunning: runningIn(createExecutions(guard.aws)) });
