import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import { ACCOUNT, REGION } from "./names.ts";

/** What a context tells its function about itself. */
export interface LambdaFunction {
  name: string;
  region?: string;
  timeoutSeconds: number;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Makes the context of one invocation that begins now; its remaining time runs down on the function's clock and may fall below zero,
 * since nothing ends the invocation.
 */
export function lambdaContext({ name, region = REGION, timeoutSeconds, now }: LambdaFunction): Context {
  const end = now() + timeoutSeconds * 1_000;
  const day = new Date(now()).toISOString().slice(0, 10).replaceAll("-", "/");
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: name,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`,
    memoryLimitInMB: "256",
    awsRequestId: randomUUID(),
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: `${day}/[$LATEST]${randomUUID().replaceAll("-", "")}`,
    getRemainingTimeInMillis: () => end - now(),
    done: noLongerThere,
    fail: noLongerThere,
    succeed: noLongerThere,
  };
}

// Lambda's runtime for Node.js 24 ends an invocation by the handler's promise alone.
function noLongerThere(): never {
  throw new Error("context.done, context.fail and context.succeed are not played here: return from the handler, or throw.");
}
