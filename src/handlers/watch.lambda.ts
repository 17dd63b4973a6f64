import { readLambda } from "../settings/lambda.ts";
import { readSettings } from "../settings/settings.ts";
import { WATCH_TELLS_MS, withExecutions, withMetrics, withQueue, withTrial } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";
import { withSelfTest } from "./self-test/self-test.ts";
import { createWatchHandler } from "./watch.ts";

const guard = withExecutions(withQueue(withMetrics(connectLambda(readSettings(), readLambda()))));

/** The entry point of the watch function. */
export const handler = guard.telemetry.observed(
  withSelfTest("watch", withTrial(guard), createWatchHandler({ ...guard, tellBudgetMs: WATCH_TELLS_MS })),
);
