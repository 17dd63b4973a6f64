import { createTelemetry } from "../clients/powertools.ts";
import { systemTime } from "../clients/time.ts";
import type { Settings } from "../settings/settings.ts";
import { connect } from "./connect.ts";

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
