import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Clock } from "../../local/clock.ts";
import type { EventBus } from "../../local/event-bridge/event-bus.ts";
import { matchesPattern } from "../../local/event-pattern.ts";
import { EventSource } from "../../local/queue/event-source.ts";
import { Queue } from "../../local/queue/queue.ts";
import { FACTS_ON_BUS } from "../../src/clients/names.ts";
import { MAX_RECEIVE_COUNT, WEBHOOK_BATCHES, WEBHOOK_TIMEOUT_SECONDS } from "../../src/handlers/backoff.ts";
import { WEBHOOK_QUEUE, WEBHOOK_SECRET } from "../names.ts";
import type { LabSecrets } from "../secrets.ts";
import { openWebhookReceiver, type WebhookReceiver } from "./receiver.ts";

/** The webhook of a lab: its receiver, and the queue between the guard's bus and the webhook function. */
export interface LabWebhook {
  receiver: WebhookReceiver;
  queue: Queue;
  /** Resolves once every fact is taken or is a dead letter. Do not await it in a task of the clock. */
  idle(): Promise<void>;
}

/** The key that the lab's facts are signed with. */
export const SIGNING_KEY = `whsec_${Buffer.from("the lab signs its facts with this").toString("base64")}`;

/** The same while it is made: the function behind the queue comes last. */
export interface OpeningWebhook {
  webhook: Omit<LabWebhook, "idle">;
  /** Has the function take what is in the queue. */
  begin(handler: (event: SQSEvent) => Promise<SQSBatchResponse>): { lab: LabWebhook; stop(): Promise<void>; close(): Promise<void> };
}

/** Opens the receiver, puts its address into the secret, and lets the bus fill the queue with facts, as the rule does in AWS. */
export async function openLabWebhook({ bus, clock, secrets, onError }: LabWebhookDependencies): Promise<OpeningWebhook> {
  const receiver = await openWebhookReceiver(SIGNING_KEY, () => clock.now());
  secrets.secrets.set(WEBHOOK_SECRET, JSON.stringify({ url: receiver.url, signingKey: SIGNING_KEY }));
  const queue = new Queue({
    name: WEBHOOK_QUEUE,
    now: () => clock.now(),
    maxReceiveCount: MAX_RECEIVE_COUNT,
    visibilitySeconds: 6 * WEBHOOK_TIMEOUT_SECONDS,
  });
  const stopRule = bus.onEvent((event) => {
    if (matchesPattern(FACTS_ON_BUS, event)) queue.send(JSON.stringify(event));
  });
  return {
    webhook: { receiver, queue },
    begin(handler) {
      const source = new EventSource({ queue, clock, ...WEBHOOK_BATCHES, handler, onError });
      return {
        lab: { receiver, queue, idle: () => source.idle() },
        stop() {
          stopRule();
          return source.stop();
        },
        close: () => receiver.close(),
      };
    },
  };
}

/** What the lab's webhook is made from. */
export interface LabWebhookDependencies {
  bus: EventBus;
  clock: Clock;
  secrets: LabSecrets;
  onError(error: unknown): void;
}
