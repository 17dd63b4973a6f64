import { readSettings } from "../settings/settings.ts";
import { WATCH_TELLS_MS, withMetrics, withQueue, withWakes } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";
import { createWatchHandler } from "./watch.ts";

const guard = withWakes(withQueue(withMetrics(connectLambda(readSettings()))));

/** The entry point of the watch function. */
export const handler = guard.telemetry.observed(createWatchHandler({ ...guard, tellBudgetMs: WATCH_TELLS_MS }));
