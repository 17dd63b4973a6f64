import { readLambda } from "../settings/lambda.ts";
import { readSettings } from "../settings/settings.ts";
import { createAnswerHandler } from "./answer.ts";
import { withDescribe, withMetrics, withPeople, withRunning } from "./connect.ts";
import { connectLambda } from "./connect-lambda.ts";
import { withSelfTest } from "./self-test/self-test.ts";

const guard = withPeople(withDescribe(withRunning(withMetrics(connectLambda(readSettings(), readLambda())))));

/** The entry point of the answer function. */
export const handler = guard.telemetry.observed(withSelfTest("answer", guard, createAnswerHandler(guard)));
