import { withDurableExecution } from "@aws/durable-execution-sdk-js";
import { createDurableClient } from "../clients/durable-client.ts";
import { readLambda } from "../settings/lambda.ts";
import { readSettings } from "../settings/settings.ts";
import { OPERATION_TELLS_MS, withChanges, withMetrics, withRunning } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";
import { createSwitchoverHandler } from "./operation.ts";
import { withDurableSelfTest } from "./self-test/durable.ts";

// Looks and changes nothing: all that a self-test has.
const looking = withRunning(withMetrics(connectLambda(readSettings(), readLambda())));
const guard = withChanges(looking);

/** The entry point of the switchover function. */
export const handler = guard.telemetry.observed(
  withDurableExecution(
    withDurableSelfTest("switchover", looking, createSwitchoverHandler({ ...guard, tellBudgetMs: OPERATION_TELLS_MS })),
    {
      durableExecutionClient: createDurableClient(),
    },
  ),
);
