import { describe, expect, it } from "vitest";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { DEFAULT_CHANNEL, textOf } from "../../../support/simulation/ports.ts";
import { expectTheSameAfterKills } from "../kills.ts";
import { expectCardsToShowTheApi, factsTold, published, recordsOf, repeated } from "../outcome.ts";
import { type Outcome, simulate, UNTROUBLED } from "../simulate.ts";
import { stories } from "../stories.ts";
import { expectTheSameThroughTroubles } from "../troubles.ts";

const story = stories();
const OWN = "C0PAYMENTS1";
/** Those with an odd number are told in a channel of their own. */
const channels = [1, 3, 5, 7, 9].map((it) => `name-*${it}=${OWN}`);
const calm = { ...UNTROUBLED, channels };

const textsIn = ({ outside }: Outcome, channel: string) => outside.told.filter((it) => it.channel === channel).map(textOf);

describe("a deployment with a channel of its own", () => {
  it("is told there, and what needs a person also in the default channel, with that channel's name", async () => {
    const outcome = await simulate([story("degraded", 1), story("ready", 2)], calm);
    expect(textsIn(outcome, OWN).every((text) => text.startsWith("name-1:"))).toBe(true);
    expect(textsIn(outcome, OWN)).toContainEqual(expect.stringMatching(/Replication is degraded/));
    const copies = outcome.outside.messages.filter((it) => it.channel === DEFAULT_CHANNEL && textOf(it).startsWith("name-1"));
    expect(copies.map(textOf)).toEqual([expect.stringMatching(/Replication is degraded/)]);
    expect(copies.map(({ thread }) => thread)).toEqual([undefined]);
    expect(JSON.stringify(copies[0]?.message)).toContain(`<#${OWN}>`);
    expect(textsIn(outcome, DEFAULT_CHANNEL).filter((text) => text.startsWith("name-2")).length).toBeGreaterThan(1);
    await expectCardsToShowTheApi(outcome);
  });

  it.each(["degraded", "switched"] as const)(
    "and that ends %s is told the same when a handler is killed before or after one of every few calls, and at most one message is repeated",
    (end) => expectTheSameAfterKills(story(end), "sampled", channels),
    300_000,
  );
});

it(
  "any number of deployments in two channels are told the same in any order, dropped, doubled, late, by several handlers at once, some of them killed",
  () => expectTheSameThroughTroubles(story, 5, channels),
  300_000,
);

const down = (channel: string) => ({
  from: 20,
  to: 20 + 12 * 60,
  error: new SlackError("later", "Slack answered chat.postMessage with HTTP 503.", undefined),
  channel,
});

describe("a channel that takes nothing for 12 hours", () => {
  it.each([
    { channel: OWN, other: DEFAULT_CHANNEL },
    { channel: DEFAULT_CHANNEL, other: OWN },
  ])("loses nothing, and $other has all that is its own as soon as without that", async ({ channel, other }) => {
    const told = [story("degraded", 1), story("switched", 2), story("switched", 3, 7)];
    const whole = await simulate(told, calm);
    const outcome = await simulate(told, { ...calm, handlers: 2, outage: down(channel) }, 15 * 60);
    expect(factsTold(outcome)).toEqual(factsTold(whole));
    expect(published(outcome)).toEqual(published(whole));
    expect(repeated(outcome)).toBe(0);
    expect(outcome.waiting).toBe(0);
    await expectCardsToShowTheApi(outcome);
    expect(textsIn(outcome, other).toSorted()).toEqual(textsIn(whole, other).toSorted());
    const last = (it: Outcome) =>
      Math.max(...it.outside.messages.filter((message) => message.channel === other).map((message) => message.postedAt));
    expect(last(outcome) - last(whole)).toBeLessThan(10_000);
  });
});

describe("a channel that refuses for good", () => {
  const refusal = new SlackError("settings", "Slack refused chat.postMessage: not_in_channel. Invite the bot.", undefined, {
    ofAddress: true,
  });

  it("loses nothing: it is told in the default channel, whose card says which channel refuses", async () => {
    const told = [story("degraded", 1), story("switched", 2)];
    const outcome = await simulate(told, { ...calm, outage: { from: 0, to: 10_000, error: refusal, channel: OWN } });
    expect(factsTold(outcome)).toEqual(factsTold(await simulate(told, UNTROUBLED)));
    expect(textsIn(outcome, OWN)).toEqual([]);
    const card = outcome.outside.messages.find((it) => it.thread === undefined && textOf(it).startsWith("name-1"));
    expect(JSON.stringify(card?.message)).toContain(`<#${OWN}> refuses this card`);
    expect(repeated(outcome)).toBe(0);
    await expectCardsToShowTheApi(outcome);
  });

  it("in the middle of a story has what follows told in the default channel", async () => {
    const told = [story("switched", 1)];
    const outcome = await simulate(told, { ...calm, outage: { from: 70, to: 10_000, error: refusal, channel: OWN } });
    expect(factsTold(outcome)).toEqual(factsTold(await simulate(told, UNTROUBLED)));
    expect(textsIn(outcome, OWN).length).toBeGreaterThan(0);
    expect(textsIn(outcome, DEFAULT_CHANNEL)).toContainEqual(expect.stringMatching(/Switched over/));
    expect(recordsOf(outcome.outside).map(({ fallen }) => Object.keys(fallen ?? {}))).toEqual([[OWN]]);
    await expectCardsToShowTheApi(outcome);
  });
});

describe("a channel that is flooded", () => {
  it("holds up no other, has a message about all of it of its own, and keeps its pace", async () => {
    const at = Date.parse("2024-02-05T12:00:00Z");
    const many = Array.from({ length: 40 }, (_, index) => story("ready", 2 * index + 1));
    const atOnce = [...many, story("ready", 2)].map(({ events, states }) => ({
      events: events.filter(({ envelope }) => /tasks completed/.test(envelope.detail.Message)).map((it) => ({ ...it, at })),
      states: states.slice(-1).map((it) => ({ ...it, at: at - 3_600_000 })),
    }));
    const outcome = await simulate(atOnce, { ...calm, handlers: 2, sweeps: false }, 30);
    const of = (channel: string) => outcome.outside.messages.filter((it) => it.channel === channel);
    expect(textsIn(outcome, OWN).filter((text) => text.includes("news at once"))).toHaveLength(1);
    expect(textsIn(outcome, DEFAULT_CHANNEL).filter((text) => !text.startsWith("name-2:"))).toEqual([]);
    expect(Math.max(...of(DEFAULT_CHANNEL).map(({ postedAt }) => postedAt)) - at).toBeLessThan(10_000);
    const gaps = of(OWN).map(({ postedAt }, index, all) => postedAt - (all[index - 1]?.postedAt ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1_000);
    expect(Object.values(factsTold(outcome)).every((signals) => signals.includes("ready"))).toBe(true);
  });
});
