import { withDurableExecution } from "@aws/durable-execution-sdk-js";
import { createDurableClient } from "../clients/durable-client.ts";
import { readLambda } from "../settings/lambda.ts";
import { readSettings } from "../settings/settings.ts";
import { OPERATION_TELLS_MS, withChanges, withDescribe, withRunning } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";
import { createRecreateHandler } from "./operation.ts";
import { withDurableSelfTest } from "./self-test/durable.ts";

// Looks and changes nothing: all that a self-test has.
const looking = withDescribe(withRunning(connectLambda(readSettings(), readLambda())));
const guard = withChanges(looking);

/** The entry point of the recreate function. */
export const handler = guard.telemetry.observed(
  withDurableExecution(withDurableSelfTest("recreate", looking, createRecreateHandler({ ...guard, tellBudgetMs: OPERATION_TELLS_MS })), {
    durableExecutionClient: createDurableClient(),
  }),
);
