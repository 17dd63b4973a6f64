import type { Context, SQSEvent } from "aws-lambda";
import { expect, test } from "vitest";
import { allBut, startTestSource } from "../../../support/local/event-source.ts";
import { START } from "../../../support/local/queue.ts";

test("an event has the form that Lambda gives it", async () => {
  const events: SQSEvent[] = [];
  const { queue, source, clock } = startTestSource(async (event) => {
    events.push(event);
    return allBut();
  });
  const messageId = await clock.work(async () => queue.send("body"));
  await source.idle();
  const record = {
    messageId,
    receiptHandle: expect.any(String),
    body: "body",
    attributes: {
      ApproximateReceiveCount: "1",
      SentTimestamp: String(START),
      SenderId: expect.any(String),
      ApproximateFirstReceiveTimestamp: String(START),
    },
    messageAttributes: {},
    md5OfBody: "841a2d689ad86bd1611447453c22c6fc",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:ap-northeast-1:123456789012:bluegreen-guard-watch",
    awsRegion: "ap-northeast-1",
  };
  expect(events).toEqual([{ Records: [record] }]);
});

test("a context names the function and counts its time on the clock", async () => {
  const contexts: Context[] = [];
  const remaining: number[] = [];
  const { source, send } = startTestSource(async (_, context, { clock }) => {
    contexts.push(context);
    remaining.push(context.getRemainingTimeInMillis());
    await clock.until(clock.now() + 20_000);
    remaining.push(context.getRemainingTimeInMillis());
    return allBut();
  });
  await send("one");
  await source.idle();
  expect(remaining).toEqual([60_000, 40_000]);
  expect(contexts[0]).toMatchObject({
    functionName: "bluegreen-guard-watch",
    functionVersion: "$LATEST",
    invokedFunctionArn: "arn:aws:lambda:ap-northeast-1:123456789012:function:bluegreen-guard-watch",
    awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    logGroupName: "/aws/lambda/bluegreen-guard-watch",
    logStreamName: expect.stringMatching(/^2024\/02\/05\/\[\$LATEST\][0-9a-f]{32}$/),
  });
});
