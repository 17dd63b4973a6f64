import { withDurableExecution } from "@aws/durable-execution-sdk-js";
import { createDurableClient } from "../clients/durable-client.ts";
import { readLambda } from "../settings/lambda.ts";
import { readSettings } from "../settings/settings.ts";
import { OPERATION_TELLS_MS, withChanges, withDescribe, withRunning } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";
import { createRecreateHandler } from "./operation.ts";

const guard = withDescribe(withChanges(withRunning(connectLambda(readSettings(), readLambda()))));

/** The entry point of the recreate function. */
export const handler = guard.telemetry.observed(
  withDurableExecution(createRecreateHandler({ ...guard, tellBudgetMs: OPERATION_TELLS_MS }), {
    durableExecutionClient: createDurableClient(),
  }),
);
