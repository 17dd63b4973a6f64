import { readSettings } from "../settings/settings.ts";
import { createAnswerHandler } from "./answer.ts";
import { withDescribe, withMetrics, withPeople } from "./connect.ts";
import { withRunning } from "./connect-executions.ts";
import { connectLambda } from "./connect-lambda.ts";

const guard = withPeople(withDescribe(withRunning(withMetrics(connectLambda(readSettings())))));

/** The entry point of the answer function. */
export const handler = guard.telemetry.observed(createAnswerHandler(guard));
