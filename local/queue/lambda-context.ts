import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import { ACCOUNT, REGION } from "./names.ts";

/** What an invocation's context says about its function. */
export interface LambdaFunction {
  name: string;
  region?: string;
  timeoutSeconds: number;
  /** Milliseconds since 1970. */
  now(): number;
}

/**
 * Creates the context of an invocation that starts now; its remaining time counts down on the function's clock and can go below zero, since
 * nothing ends the invocation.
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

// Lambda's runtime for Node.js 24 ends an invocation only through the handler's promise.
function noLongerThere(): never {
  throw new Error("context.done, context.fail and context.succeed are not played here: return from the handler, or throw.");
}
