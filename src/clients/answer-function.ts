import type { AwsCall } from "./aws-signed.ts";

/** What the answer function is invoked with. */
export interface SlackDelivery {
  /** The form that Slack sent, as text; its signature has been verified. */
  body: string;
}

/** Invokes the answer function with what Slack sent. */
export interface AnswerFunction {
  /** Resolves once Lambda has accepted it, before it is answered. @throws what AwsCall throws, and the `signal`'s reason */
  invoke(delivery: SlackDelivery, signal?: AbortSignal): Promise<void>;
}

/** The service that runs functions. */
export const LAMBDA = { name: "lambda", id: "Lambda" } as const;

/** Creates the client of the answer function `name`. Source: Lambda API, Invoke, invocation type "Event". */
export function createAnswerFunction(name: string, call: AwsCall): AnswerFunction {
  const headers = { "content-type": "application/json", "x-amz-invocation-type": "Event" };
  return {
    async invoke(delivery, signal) {
      const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
      await call({ operation: "Invoke", path, headers, body: JSON.stringify(delivery), signal });
    },
  };
}
