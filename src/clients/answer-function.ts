import type { AwsCall } from "./aws-signed.ts";

/** What the answer function is invoked with. */
export interface SlackDelivery {
  /** The form that Slack sent, as text; its signature has been verified. */
  body: string;
}

/** Invokes the answer function with what Slack sent. */
export interface AnswerFunction {
  /** Resolves once Lambda has accepted it, before it is answered. @throws what AwsCall throws */
  invoke(delivery: SlackDelivery): Promise<void>;
  /** Resolves if the caller may invoke it, without invoking it. @throws what AwsCall throws */
  mayInvoke(): Promise<void>;
}

/** The service that runs functions. */
export const LAMBDA = { name: "lambda", id: "Lambda" } as const;

/** Creates the client of the answer function `name`. Source: Lambda API, Invoke, invocation types "Event" and "DryRun". */
export function createAnswerFunction(name: string, call: AwsCall): AnswerFunction {
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  const as = (type: "Event" | "DryRun") => ({ "content-type": "application/json", "x-amz-invocation-type": type });
  return {
    async invoke(delivery) {
      await call({ operation: "Invoke", path, headers: as("Event"), body: JSON.stringify(delivery) });
    },
    async mayInvoke() {
      await call({ operation: "Invoke", path, headers: as("DryRun"), body: "{}" });
    },
  };
}
