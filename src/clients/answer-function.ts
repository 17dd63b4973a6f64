import { type AwsFetchOptions, createAwsPost } from "./aws-fetch.ts";

/** What the answer function is invoked with. */
export interface SlackDelivery {
  /** The form that Slack has sent, as text; its signature was good. */
  body: string;
}

/** Hands what Slack has sent to the answer function. */
export interface Answers {
  /** Resolves once Lambda has taken it, before it is answered. @throws what AwsPost throws */
  hand(delivery: SlackDelivery): Promise<void>;
}

/** Makes the client of the answer function called `name`. Source: Lambda API, Invoke, invocation type "Event". */
export function createAnswers(name: string, options: AwsFetchOptions): Answers {
  const post = createAwsPost(options);
  const headers = { "content-type": "application/json", "x-amz-invocation-type": "Event" };
  return {
    async hand(delivery) {
      await post("lambda", `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, headers, JSON.stringify(delivery));
    },
  };
}
