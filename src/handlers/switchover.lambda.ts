import { withDurableExecution } from "@aws/durable-execution-sdk-js";
import { createDurableClient } from "../clients/durable-client.ts";
import { readLambda } from "../settings/lambda.ts";
import { readSettings } from "../settings/settings.ts";
import { OPERATION_TELLS_MS, withChanges, withMetrics, withRunning } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";
import { createSwitchoverHandler } from "./operation.ts";

const guard = withChanges(withRunning(withMetrics(connectLambda(readSettings(), readLambda()))));

/** The entry point of the switchover function. */
export const handler = guard.telemetry.observed(
  withDurableExecution(createSwitchoverHandler({ ...guard, tellBudgetMs: OPERATION_TELLS_MS }), {
    durableExecutionClient: createDurableClient(),
  }),
);
