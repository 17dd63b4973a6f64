import { readSettings } from "../settings/settings.ts";
import { OPERATION_TELLS_MS } from "./connect.ts";
import { withExecutions } from "./connect-executions.ts";
import { connectLambda } from "./connect-lambda.ts";
import { createReleaseHandler } from "./release.ts";

const guard = withExecutions(connectLambda(readSettings()));

/** The entry point of the release function. */
export const handler = guard.telemetry.observed(createReleaseHandler({ ...guard, tellBudgetMs: OPERATION_TELLS_MS }));
