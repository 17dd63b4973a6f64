import { writeSync } from "node:fs";
import { json } from "node:stream/consumers";

/**
 * Plays Lambda's runtime in the folder of a bundle: loads it, gives its handler one event after the other, each with a trace of its own,
 * and answers on file descriptor 3 what came of each.
 */
interface Order {
  events: unknown[];
  traces: string[];
}

const { events, traces } = (await json(process.stdin)) as Order;
const { handler } = (await import(new URL("index.mjs", import.meta.url).href).catch(notLoaded)) as {
  handler(event: unknown, context: object): Promise<unknown>;
};

/** Node would print the whole line of the bundle that threw, which a pipe may lose the end of. */
function notLoaded(error: Error): never {
  writeSync(2, `${error.stack}\n`);
  process.exit(1);
}

function context(requestId: string): object {
  const name = process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "";
  const end = Date.now() + 60_000;
  return {
    functionName: name,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:${process.env["AWS_REGION"]}:123456789012:function:${name}`,
    memoryLimitInMB: "512",
    awsRequestId: requestId,
    getRemainingTimeInMillis: () => end - Date.now(),
  };
}

const outcomes: object[] = [];
for (const [index, event] of events.entries()) {
  process.env["_X_AMZN_TRACE_ID"] = traces[index];
  try {
    outcomes.push({ answer: await handler(event, context(`request-${index}`)) });
  } catch (error) {
    outcomes.push({ error: String(error) });
  }
}
writeSync(3, JSON.stringify(outcomes));
