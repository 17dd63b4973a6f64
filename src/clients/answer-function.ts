import { type AwsFetchOptions, createAwsPost } from "./aws-fetch.ts";

/** What the answer function is invoked with. */
export interface SlackDelivery {
  /** The form that Slack sent, as text; its signature has been verified. */
  body: string;
}

/** Invokes the answer function with what Slack sent. */
export interface AnswerFunction {
  /** Resolves once Lambda has accepted it, before it is answered. @throws what AwsPost throws */
  invoke(delivery: SlackDelivery): Promise<void>;
}

/** Creates the client of the answer function `name`. Source: Lambda API, Invoke, invocation type "Event". */
export function createAnswerFunction(name: string, options: AwsFetchOptions): AnswerFunction {
  const post = createAwsPost(options);
  const headers = { "content-type": "application/json", "x-amz-invocation-type": "Event" };
  return {
    async invoke(delivery) {
      await post("lambda", `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, headers, JSON.stringify(delivery));
    },
  };
}
