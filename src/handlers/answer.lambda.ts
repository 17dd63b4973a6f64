import { readLambda } from "../settings/lambda.ts";
import { readSettings } from "../settings/settings.ts";
import { createAnswerHandler } from "./answer.ts";
import { withDescribe, withMetrics, withPeople, withRunning } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";

const guard = withPeople(withDescribe(withRunning(withMetrics(connectLambda(readSettings(), readLambda())))));

/** The entry point of the answer function. */
export const handler = guard.telemetry.observed(createAnswerHandler(guard));
