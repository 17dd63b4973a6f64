import { readSettings } from "../settings/settings.ts";
import { createAnswerHandler } from "./answer.ts";
import { withDescribe, withPeople } from "./connect.ts";
import { connectLambda, withRunning } from "./connect-lambda.ts";

const guard = withPeople(withDescribe(withRunning(connectLambda(readSettings()))));

/** The entry of the answer function. */
export const handler = guard.telemetry.observed(createAnswerHandler(guard));
