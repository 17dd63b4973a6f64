import { beforeAll, describe, expect, it } from "vitest";
import { SlackError } from "../../../src/clients/slack/failure.ts";
import { backoffSeconds, MAX_RECEIVE_COUNT } from "../../../src/handlers/backoff.ts";
import { expectCardsToShowTheApi, factsTold, repeated } from "./outcome.ts";
import { type Recording, record, retold } from "./recording.ts";
import { type Outcome, simulate, UNTROUBLED } from "./simulate.ts";

const HOUR = 3_600_000;
let switched: Recording;
let degraded: Recording;
let ready: Recording;
beforeAll(async () => {
  switched = retold(await record("switched"), 1, 0);
  degraded = await record("degraded");
  ready = await record("ready");
}, 60_000);

describe("Slack down for 12 hours in the middle of a story", () => {
  it.each([
    new SlackError("later", "Slack answered chat.postMessage with HTTP 503.", undefined),
    new SlackError("later", "Slack limits chat.postMessage: try again in 600 s.", undefined, 600),
    new SlackError("settings", "Slack refused chat.postMessage: invalid_auth.", undefined),
  ])("loses nothing: $message", async (error) => {
    const outage = { from: 20, to: 20 + 12 * 60, error };
    const outcome = await simulate([switched], { ...UNTROUBLED, handlers: 2, outage }, 15 * 60);
    expect(factsTold(outcome)).toEqual(factsTold(await simulate([switched], UNTROUBLED)));
    const onTheBus = (it: Outcome) => it.outside.published.map(({ type, at }) => ({ type, at }));
    expect(onTheBus(outcome)).toEqual(onTheBus(await simulate([switched], UNTROUBLED)));
    expect(repeated(outcome)).toBe(0);
    expect(outcome.waiting).toBe(0);
    expectCardsToShowTheApi(outcome);
    const late = outcome.outside.messages.filter(({ postedAt }) => postedAt > (switched.states[0]?.at ?? 0) + 12 * HOUR);
    expect(late.map(({ message }) => message.text)).toEqual([expect.stringMatching(/^name-1: \d+ things happened, newest first$/)]);
    expect(JSON.stringify(late[0]?.message)).toMatch(/Switched over.*Switchover started.*Ready to switch over/);
  });

  it("is outlasted by the queue", () => {
    const seconds = Array.from({ length: MAX_RECEIVE_COUNT - 1 }, (_, index) => backoffSeconds(index + 1));
    expect(seconds.reduce((a, b) => a + b) / 3_600).toBeGreaterThan(12);
  });
});

describe("1,000 signals at once", () => {
  it("go out at one message a second, degraded first", async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => atOnce(index % 20 === 19 ? degraded : ready, index));
    const outcome = await simulate(many, { ...UNTROUBLED, handlers: 2, sweeps: false }, 60);
    const { messages } = outcome.outside;
    const gaps = messages.slice(1).map(({ postedAt }, index) => postedAt - (messages[index]?.postedAt ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(Object.values(factsTold(outcome)).flat().length).toBe(1_000);
    const texts = messages.map(({ message }) => message.text);
    const lastDegraded = texts.findLastIndex((text) => text.includes("Replication is degraded"));
    // Fifty degraded deployments are a card and an entry each; a few others go out while the thousand are still being written down.
    expect(lastDegraded).toBeLessThan(150);
  }, 120_000);
});

/** One recorded deployment of which only its last event comes, all of them at the same time. */
function atOnce(recording: Recording, index: number): Recording {
  const { events, states } = retold(recording, index, 0);
  const at = Date.parse("2024-02-05T12:00:00Z");
  const last = events.find(
    ({ envelope }) => /tasks completed|Data definition/.test(envelope.detail.Message) && wanted(recording, envelope.detail.Message),
  );
  return { events: last ? [{ ...last, at }] : [], states: states.slice(-1).map((state) => ({ ...state, at: at - HOUR })) };
}

function wanted(recording: Recording, message: string): boolean {
  return recording === degraded ? message.startsWith("Data definition") : true;
}
