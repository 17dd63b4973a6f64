import { readLambda } from "../settings/lambda.ts";
import { readSettings } from "../settings/settings.ts";
import { SWEEP_TELLS_MS, withExecutions, withMetrics, withQueue } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";
import { withSelfTest } from "./self-test/self-test.ts";
import { createSweepHandler } from "./sweep.ts";

const guard = withExecutions(withQueue(withMetrics(connectLambda(readSettings(), readLambda()))));

/** The entry point of the sweep function. */
export const handler = guard.telemetry.observed(
  withSelfTest("sweep", guard, createSweepHandler({ ...guard, tellBudgetMs: SWEEP_TELLS_MS })),
);
