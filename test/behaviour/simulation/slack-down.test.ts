import { beforeAll, describe, expect, it } from "vitest";
import { SlackError } from "../../../src/clients/slack/failure.ts";
import { backoffSeconds, MAX_RECEIVE_COUNT } from "../../../src/handlers/backoff.ts";
import { textOf } from "../../support/simulation/ports.ts";
import { expectCardsToShowTheApi, factsTold, repeated } from "./outcome.ts";
import { type Recording, record, retold } from "./recording.ts";
import { type Outcome, simulate, UNTROUBLED } from "./simulate.ts";

const HOUR = 3_600_000;
let switched: Recording;
beforeAll(async () => {
  switched = retold(await record("switched"), 1, 0);
});

describe("Slack down for 12 hours in the middle of a story", () => {
  it.each([
    new SlackError("later", "Slack answered chat.postMessage with HTTP 503.", undefined),
    new SlackError("later", "Slack limits chat.postMessage: try again in 600 s.", undefined, { retryAfterSeconds: 600 }),
    new SlackError("settings", "Slack refused chat.postMessage: invalid_auth.", undefined),
  ])("loses nothing: $message", async (error) => {
    const outage = { from: 20, to: 20 + 12 * 60, error };
    const outcome = await simulate([switched], { ...UNTROUBLED, handlers: 2, outage }, 15 * 60);
    expect(factsTold(outcome)).toEqual(factsTold(await simulate([switched], UNTROUBLED)));
    const onTheBus = (it: Outcome) => it.outside.published.map(({ type, at }) => ({ type, at }));
    expect(onTheBus(outcome)).toEqual(onTheBus(await simulate([switched], UNTROUBLED)));
    expect(repeated(outcome)).toBe(0);
    expect(outcome.waiting).toBe(0);
    await expectCardsToShowTheApi(outcome);
    const late = outcome.outside.told.filter(({ postedAt }) => postedAt > (switched.states[0]?.at ?? 0) + 12 * HOUR);
    expect(late.map(textOf)).toEqual([
      "name-1: Was ready to switch over",
      "name-1: Switchover started",
      "name-1: Sequences are being synchronised",
      "name-1: Sequences synchronised",
      "name-1: Switched over",
    ]);
  });

  it("is outlasted by the queue", () => {
    const seconds = Array.from({ length: MAX_RECEIVE_COUNT - 1 }, (_, index) => backoffSeconds(index + 1));
    expect(seconds.reduce((a, b) => a + b) / 3_600).toBeGreaterThan(12);
  });
});
