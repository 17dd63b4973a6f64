import { describe, expect, it } from "vitest";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { cardOf } from "../../../../src/facts/posts.ts";
import { CHANNEL_TAG } from "../../../../src/telling/places.ts";
import type { ApiState } from "../../../support/simulation/ports.ts";
import { expectCardsToShowTheApi, factsTold, recordsOf } from "../outcome.ts";
import type { Recording } from "../recording.ts";
import { simulate, UNTROUBLED } from "../simulate.ts";
import { stories } from "../stories.ts";

const story = stories(["ready"]);
const [OLD, NEW] = ["C0PAYMENTS1", "C0PAYMENTS2"];
const START = Date.parse("2024-02-05T12:00:00Z");
const MINUTE = 60_000;
const READY = START + 10 * MINUTE;
const calm = { ...UNTROUBLED, channels: [`none-*=${OLD}`, `*=${NEW}`], sweeps: false };

const tagged = ({ databases, deployments }: ApiState, channel: string): ApiState => ({
  databases,
  deployments: deployments.map((it) => ({ ...it, tags: { ...it.tags, [CHANNEL_TAG]: channel } })),
});

/** A deployment whose tag has named the old channel until it is ready, at minute 10. */
function moved(index: number): Recording {
  const { events, states } = story("ready", index);
  const ready = events.find(({ envelope }) => /tasks completed/.test(envelope.detail.Message));
  const upgrade = events.find(({ envelope }) => /upgrade started/.test(envelope.detail.Message));
  const before = states.findLast(({ state }) => state.deployments[0]?.status === "PROVISIONING");
  const last = states.at(-1);
  if (!ready || !upgrade || !before || !last) throw new Error("It was not recorded.");
  return {
    events: [
      { ...upgrade, at: START },
      { ...ready, at: READY },
    ],
    states: [
      { at: START - MINUTE, state: tagged(before.state, OLD) },
      { at: START + 9 * MINUTE, state: tagged(last.state, NEW) },
    ],
  };
}

/** One that is ready at the same time, and whose tag names `channel`. */
function readyIn(channel: string, index: number): Recording {
  const { events, states } = moved(index);
  return { events: events.slice(-1), states: states.slice(-1).map((it) => ({ at: START - MINUTE, state: tagged(it.state, channel) })) };
}

const refusing = (error: SlackError, until: number) => ({ ...calm, outage: { from: 5, to: until, error, channel: OLD } });

describe("a deployment whose tag names another channel after its card was posted", () => {
  it("has a card in its new channel at once where the old one refuses it for good", async () => {
    const error = new SlackError("settings", "Slack refused chat.update: not_in_channel.", undefined, { ofAddress: true });
    const outcome = await simulate([moved(1)], refusing(error, 10_000));
    const told = outcome.outside.told.filter(({ channel }) => channel === NEW);
    expect(told.map(({ postedAt }) => (postedAt - READY) / 1_000)).toEqual([0, 1]);
    expect(recordsOf(outcome.outside).map((record) => cardOf(record)?.in)).toEqual([NEW]);
    await expectCardsToShowTheApi(outcome);
  });

  it("has one there in the same run also where it was told in the new channel long before the old one's turn", async () => {
    const error = new SlackError("settings", "Slack refused chat.update: not_in_channel.", undefined, { ofAddress: true });
    const urgent = [4, 5, 6, 7].map((index) => readyIn(OLD, index));
    const outcome = await simulate([moved(1), moved(2), moved(3), ...urgent], refusing(error, 10_000));
    const told = outcome.outside.told.filter(({ channel }) => channel === NEW);
    expect(told).toHaveLength(6);
    expect(Math.max(...told.map(({ postedAt }) => postedAt)) - READY).toBeLessThan(10_000);
    expect(
      recordsOf(outcome.outside)
        .slice(0, 3)
        .map((record) => cardOf(record)?.in),
    ).toEqual([NEW, NEW, NEW]);
    await expectCardsToShowTheApi(outcome);
  });

  it("has its card in the old channel changed once that takes messages again, though all in the new one was told meanwhile", async () => {
    const error = new SlackError("later", "Slack answered chat.update with HTTP 503.", undefined);
    const outcome = await simulate([moved(1), moved(2), moved(3)], refusing(error, 30));
    expect(recordsOf(outcome.outside).map((record) => cardOf(record)?.in)).toEqual([OLD, OLD, OLD]);
    expect(Object.values(factsTold(outcome)).every((signals) => signals.includes("ready"))).toBe(true);
    await expectCardsToShowTheApi(outcome);
  });
});
