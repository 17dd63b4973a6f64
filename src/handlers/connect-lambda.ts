import { WITHOUT_FILES } from "../clients/aws.ts";
import { createTelemetry } from "../clients/lambda-telemetry.ts";
import { systemTime } from "../clients/time.ts";
import type { LambdaAws, LambdaTrace } from "../settings/lambda.ts";
import type { Settings } from "../settings/settings.ts";
import { connect } from "./connect.ts";

/**
 * Connects the guard as a function in AWS: traces its calls, and leaves region, credentials and endpoints to the SDK.
 */
export function connectLambda(settings: Settings, lambda: LambdaAws & LambdaTrace) {
  const telemetry = createTelemetry(lambda);
  const { equip, trace, fetch } = telemetry;
  const { region, endpointOf, credentials, logGroup } = lambda;
  const aws = { region, endpoint: endpointOf("RDS"), endpointOf, credentials, sdk: WITHOUT_FILES, equip, trace };
  return connect(settings, { aws, fetch, telemetry, time: systemTime, logGroup });
}
