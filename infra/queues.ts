import { Duration, Validations } from "aws-cdk-lib";
import { Queue, QueueEncryption, type QueueProps } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { MAX_RECEIVE_COUNT } from "../src/handlers/backoff.ts";

// SQS's maximum; a dead letter's retention counts from when the message was first sent. Source: Amazon SQS developer guide, "Setting up
// dead-letter queue retention".
const RETENTION = Duration.days(14);

/** Creates a queue with the guard's defaults: 14 days of retention, encryption by SQS, TLS only. */
function makeQueue(scope: Construct, id: string, props: QueueProps = {}): Queue {
  return new Queue(scope, id, { retentionPeriod: RETENTION, encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, ...props });
}

/** Creates a dead-letter queue for what `sender`, a phrase such as "the answer function", could not deliver or handle. */
export function undeliveredQueue(scope: Construct, sender: string): Queue {
  const queue = makeQueue(scope, "DeadLetters");
  Validations.of(queue).acknowledge({
    id: "AwsSolutions-SQS3",
    reason: `This is a dead-letter queue itself, of ${sender}, where the check looks for those of queues alone.`,
  });
  return queue;
}

/** The queue between the routes and the watch function, with its dead-letter queue. */
export class EventQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;

  /** @param consumerTimeout the timeout of the function that receives the messages. */
  constructor(scope: Construct, id: string, consumerTimeout: Duration) {
    super(scope, id);
    this.deadLetters = makeQueue(this, "DeadLetters");
    this.queue = makeQueue(this, "Queue", {
      // Source: AWS Lambda developer guide, "Using Lambda with Amazon SQS", "Configuring a queue".
      visibilityTimeout: Duration.seconds(6 * consumerTimeout.toSeconds()),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
    });
  }
}
