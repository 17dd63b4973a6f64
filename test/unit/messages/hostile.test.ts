import fc from "fast-check";
import { expect, it } from "vitest";
import { createSlack } from "../../../src/clients/slack/slack.ts";
import { card } from "../../../src/messages/slack/card.ts";
import { cardDetails } from "../../../src/messages/slack/card-details.ts";
import { cut, type Message } from "../../../src/messages/slack/message.ts";
import { notice, noticeDetails } from "../../../src/messages/slack/notice.ts";
import { startSlack } from "../../support/lab/server.ts";
import { hostile, longestOf, summaries, threadEntries } from "./hostile.ts";
import { problemsOf } from "./sent.ts";

type Texts = Parameters<typeof summaries>[0];
const cardsOf = (of: Texts): fc.Arbitrary<Message> =>
  fc.tuple(summaries(of), fc.constantFrom(card, cardDetails)).map(([standing, write]) => write(standing));
const noticesOf = (of: Texts): fc.Arbitrary<Message> =>
  fc.tuple(threadEntries(of), fc.boolean()).map(([entry, inDetails]) => (inDetails && noticeDetails(entry)) || notice(entry));
const cards = cardsOf(hostile);
const notices = noticesOf(hostile);

it("a card is within Slack's limits, mentions nobody and links nowhere, whatever names and texts it is made of", () => {
  fc.assert(
    fc.property(cards, (message) => {
      expect(problemsOf(message)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it("a thread entry is within Slack's limits, mentions nobody and links nowhere, whatever names and texts it is made of", () => {
  fc.assert(
    fc.property(notices, (message) => {
      expect(problemsOf(message)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it("both stay within Slack's limits where every name and text is as long as it can be", () => {
  fc.assert(
    fc.property(fc.oneof(cardsOf(longestOf), noticesOf(longestOf)), (message) => {
      expect(problemsOf(message)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

it("Slack takes such messages, new ones, replies and changes", async () => {
  const { slack, url } = await startSlack();
  const client = createSlack({ token: async () => "xoxb-lab", channel: "C0BLUEGREEN", apiUrl: `${url}/slack/api/` });
  await fc.assert(
    fc.asyncProperty(cards, notices, async (top, reply) => {
      const at = await client.post(top);
      await client.post(reply, { ts: at.ts, broadcast: true });
      await client.update(at, reply);
    }),
    { numRuns: 50 },
  );
  expect(slack.calls.filter(({ answer }) => answer.body?.ok !== true)).toEqual([]);
  expect(slack.messages.length).toBeGreaterThanOrEqual(100);
});

it("a text that is cut ends before an escaped character or an emoji, not within", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom("a", "&amp;", "&lt;", "&gt;", "😀")), fc.integer({ min: 1, max: 60 }), (pieces, limit) => {
      const shown = cut(pieces.join(""), limit);
      expect(shown.length).toBeLessThanOrEqual(limit);
      expect(shown.isWellFormed()).toBe(true);
      expect(shown).toMatch(/^(a|&amp;|&lt;|&gt;|😀)*…?$/u);
    }),
  );
});
