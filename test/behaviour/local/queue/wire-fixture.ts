import { SQSClient } from "@aws-sdk/client-sqs";
import { onTestFinished } from "vitest";
import { addressOf, listenerOf, startServer } from "../../../../lab/server.ts";
import { queueUrl } from "../../../../local/queue/names.ts";
import { createSqsServer } from "../../../../local/queue/sqs-server.ts";
import { openTestQueue, type TestQueue } from "../../../support/local/queue.ts";

/** A queue that SQS's own client reaches over HTTP. */
export interface TestWire extends TestQueue {
  client: SQSClient;
  url: string;
  QueueUrl: string;
  deadLettersUrl: string;
}

/** Serves the queue `watch` until the test has finished. */
export async function openTestWire(): Promise<TestWire> {
  const opened = await openTestQueue();
  const sqs = createSqsServer({ queues: { watch: opened.queue } });
  const other = listenerOf(() => new Response(null, { status: 404 }));
  const server = await startServer(0, () => ({ aws: { sqs: listenerOf((request) => sqs.fetch(request)) }, other }));
  const url = addressOf(server);
  const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
  const client = new SQSClient({ endpoint: url, region: "ap-northeast-1", credentials, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { ...opened, client, url, QueueUrl: queueUrl(url, "watch"), deadLettersUrl: queueUrl(url, "watch-dead-letters") };
}
