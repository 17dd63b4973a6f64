import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { Clock } from "../clock.ts";
import { Mapping } from "./mapping.ts";
import type { MessageQueue } from "./message-queue.ts";

/** A function behind a queue. */
export interface EventSourceOptions {
  queue: MessageQueue;
  clock: Clock;
  handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse | undefined>;
  /** Messages that the handler is given at most at once, 1 to 10; 10 where left out. */
  batchSize?: number;
  /** Handlers at work at most at once; 2 where left out. */
  maxConcurrency?: number;
  /** What the handler's context tells it; a handler that takes longer is not ended. 60 where left out. */
  functionTimeoutSeconds?: number;
  /** Is told of a handler that threw, of an answer that names no message of its batch, and of a queue that could not be read or written. */
  onError(error: unknown, event?: SQSEvent): void;
  /** `bluegreen-guard-watch` where left out, as is the queue's name. */
  functionName?: string;
  queueName?: string;
  /** ap-northeast-1 where left out. */
  region?: string;
}

/** A function that is being given a queue's messages. */
export interface EventSource {
  /** Gives nothing more to the handler, and resolves once those at work have ended and their messages are deleted. */
  stop(): Promise<void>;
  /**
   * Resolves once no message is visible or in flight, thus also none that failed and waits for its visibility to end; those sent with a
   * delay may remain. It never resolves where the event source is stopped before, nor inside a task of a clock that a test moves.
   */
  idle(): Promise<void>;
}

/**
 * Gives a queue's messages to a handler as Lambda's event source mapping with ReportBatchItemFailures does, until stopped.
 *
 * Source: Lambda developer guide, "Using Lambda with Amazon SQS". It differs in that batches are never scaled up or down.
 */
export function startEventSource(options: EventSourceOptions): EventSource {
  return new Mapping(options);
}
