import { readLambda } from "../settings/lambda.ts";
import { readSettings } from "../settings/settings.ts";
import { OPERATION_TELLS_MS, withExecutions } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";
import { createReleaseHandler } from "./release.ts";
import { withSelfTest } from "./self-test/self-test.ts";

const guard = withExecutions(connectLambda(readSettings(), readLambda()));

/** The entry point of the release function. */
export const handler = guard.telemetry.observed(
  withSelfTest("release", guard, createReleaseHandler({ ...guard, tellBudgetMs: OPERATION_TELLS_MS })),
);
