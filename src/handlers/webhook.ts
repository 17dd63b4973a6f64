import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Queue } from "../clients/queue.ts";
import type { Telemetry } from "../clients/telemetry.ts";
import type { Time } from "../clients/time.ts";
import type { WebhookError } from "../clients/webhook/failure.ts";
import type { WebhookMessage } from "../clients/webhook/post.ts";
import type { WebhookSecret } from "../clients/webhook/secret.ts";
import { factPayload } from "../messages/plain/payload.ts";
import { backoffSeconds } from "./backoff.ts";

/** How often a fact is sent that the webhook refuses: over about eight minutes, in which a person may mend what was changed just now. */
const TRIES_IF_REFUSED = 5;
/** However long it asks for: a wrong Retry-After must not silence the webhook. */
const LONGEST_ASKED_SECONDS = 3_600;

/**
 * Creates the handler that posts the facts of the event bus to the webhook, signed.
 *
 * A fact that is not taken comes back with growing delays, for about two days. One that the webhook refuses five times, or for which it is
 * gone, and what is no fact, goes to the dead-letter queue. The order of facts is not kept: each has its time.
 */
export function createWebhookHandler(dependencies: WebhookDependencies): (event: SQSEvent) => Promise<SQSBatchResponse> {
  return async ({ Records }) => {
    const returned = await Promise.all(Records.map((record) => deliver(record, dependencies)));
    return { batchItemFailures: returned.flatMap((id) => (id === undefined ? [] : { itemIdentifier: id })) };
  };
}

/** What the webhook handler needs from the outside. */
export interface WebhookDependencies {
  /** Where facts are sent, and the key they are signed with; read anew if asked to. */
  secret(anew?: boolean): Promise<WebhookSecret>;
  /** Posts a message, signed at `now` (milliseconds since 1970). @throws WebhookError */
  post(message: WebhookMessage, secret: WebhookSecret, now: number): Promise<number>;
  queue: Pick<Queue, "retryAfter" | "deadLetter">;
  telemetry: Pick<Telemetry, "log">;
  time: Pick<Time, "now">;
}

/** The id of a message that returns to the queue; undefined if it is done with. */
async function deliver(record: SQSRecord, dependencies: WebhookDependencies): Promise<string | undefined> {
  const { queue, telemetry } = dependencies;
  const message = messageIn(record.body);
  const receives = Number(record.attributes.ApproximateReceiveCount);
  const about = { factId: message?.id, messageId: record.messageId, receives };
  const setAside = async (reason: string) => {
    telemetry.log.error(`${reason} It is a dead letter now.`, about);
    await queue.deadLetter(record.body, reason);
    return undefined;
  };
  try {
    if (!message) return await setAside("A message for the webhook is no fact of the guard's.");
    const status = await send(message, dependencies);
    telemetry.log.info("Webhook", { ...about, status });
    return undefined;
  } catch (error) {
    const { kind = "later", retryAfterSeconds = 0, message: reason } = error as Partial<WebhookError>;
    if (kind === "gone" || (kind === "refused" && receives >= TRIES_IF_REFUSED)) return setAside(reason ?? "");
    const seconds = Math.max(Math.min(retryAfterSeconds, LONGEST_ASKED_SECONDS), backoffSeconds(receives));
    telemetry.log.error(reason ?? String(error), { ...about, seconds });
    await queue.retryAfter(record.receiptHandle, seconds);
    return record.messageId;
  }
}

/** The secret may have been changed a moment ago: then a refusal is of the old one. */
async function send(message: WebhookMessage, { secret, post, time }: WebhookDependencies): Promise<number> {
  const known = await secret();
  try {
    return await post(message, known, time.now());
  } catch (error) {
    const { kind = "later" } = error as Partial<WebhookError>;
    if (kind === "later") throw error;
    const now = await secret(true);
    if (now.url.href === known.url.href && now.key.equals(known.key)) throw error;
    return post(message, now, time.now());
  }
}

function messageIn(body: string): WebhookMessage | undefined {
  try {
    const payload = factPayload(JSON.parse(body));
    return payload && { id: payload.data.id, body: JSON.stringify(payload) };
  } catch {
    return undefined;
  }
}
