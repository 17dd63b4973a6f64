import fc from "fast-check";
import { expect, test } from "vitest";
import type { KeptMessage } from "../../../../local/queue/message.ts";
import { readMessage, writeMessage } from "../../../../local/queue/message-file.ts";
import { START } from "../../../support/local/queue.ts";

const body = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.json(),
  fc.jsonValue({ maxDepth: 4 }).map((it) => JSON.stringify(it, null, 1)),
);
const attribute = fc.record({ DataType: fc.constantFrom("String", "Number.int"), StringValue: fc.string() });
const time = fc.integer({ min: 0, max: 2 * START });

test("whatever a message holds, its file gives it back to the last character", () => {
  const message: fc.Arbitrary<KeptMessage> = fc.record(
    {
      messageId: fc.uuid(),
      body,
      messageAttributes: fc.dictionary(fc.stringMatching(/^[A-Za-z][\w.]{0,9}$/), attribute),
      sentAt: time,
      visibleAt: time,
      receiveCount: fc.nat(),
      firstReceivedAt: time,
      receivedAt: time,
      receipt: fc.uuid(),
      reason: fc.string(),
    },
    { requiredKeys: ["messageId", "body", "messageAttributes", "sentAt", "visibleAt", "receiveCount"] },
  );
  const givesBack = fc.property(message, (it) => {
    expect(readMessage(it.messageId, writeMessage(it))).toEqual(it);
  });
  fc.assert(givesBack, { numRuns: 500 });
});

test("a body of JSON stands in the file as JSON", () => {
  const message = { messageId: crypto.randomUUID(), messageAttributes: {}, sentAt: START, visibleAt: START, receiveCount: 0 };
  expect(writeMessage({ ...message, body: '{"detail":{"EventID":"RDS-EVENT-0246"}}' })).toContain('"EventID": "RDS-EVENT-0246"');
});
