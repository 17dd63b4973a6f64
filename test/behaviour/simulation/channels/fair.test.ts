import { expect, it } from "vitest";
import { DEFAULT_CHANNEL } from "../../../support/simulation/ports.ts";
import { factsTold } from "../outcome.ts";
import type { Recording } from "../recording.ts";
import { type Outcome, simulate, UNTROUBLED } from "../simulate.ts";
import { stories } from "../stories.ts";

const story = stories(["ready", "switched"]);
const OWN = "C0PAYMENTS1";
const AT = Date.parse("2024-02-05T12:00:00Z");
const calm = { ...UNTROUBLED, channels: [1, 3, 5, 7, 9].map((it) => `name-*${it}=${OWN}`), sweeps: false };

/** The events of a story that `which` matches, all at once, after RDS has long shown its end. */
const atOnce = ({ events, states }: Recording, which: RegExp): Recording => ({
  events: events.filter(({ envelope }) => which.test(envelope.detail.Message)).map((it) => ({ ...it, at: AT })),
  states: states.slice(-1).map((it) => ({ ...it, at: AT - 3_600_000 })),
});

const secondsUntilToldIn = ({ outside }: Outcome, channel: string): number =>
  (Math.max(...outside.messages.filter((it) => it.channel === channel).map(({ postedAt }) => postedAt)) - AT) / 1_000;

const ready = (index: number) => atOnce(story("ready", index), /tasks completed/);

it("a run that empties several channels keeps none waiting for the deployments that wait in another", async () => {
  const few = [ready(2), ready(4), ready(6)];
  const alone = await simulate(few, calm);
  const outcome = await simulate([...[1, 3, 5, 7, 9, 11, 13].map(ready), ...few], calm);
  expect(secondsUntilToldIn(outcome, OWN)).toBeGreaterThan(10);
  expect(secondsUntilToldIn(outcome, DEFAULT_CHANNEL)).toBeLessThan(secondsUntilToldIn(alone, DEFAULT_CHANNEL) + 3);
});

it("nor for all that happened to one deployment in another", async () => {
  const few = [ready(2), ready(4)];
  const alone = await simulate(few, calm);
  const { events, states } = atOnce(story("switched", 1), /./);
  const outcome = await simulate([{ events: events.slice(-6), states }, ...few], calm);
  expect(secondsUntilToldIn(outcome, OWN)).toBeGreaterThan(3);
  expect(secondsUntilToldIn(outcome, DEFAULT_CHANNEL)).toBeLessThan(secondsUntilToldIn(alone, DEFAULT_CHANNEL) + 2);
});

it("a run that is killed while it empties two channels has one more run woken for both", async () => {
  const many = Array.from({ length: 26 }, (_, index) => ready(index + 1));
  const troubles = { ...calm, handlers: 2 };
  const [calls = 0] = (await simulate(many, troubles)).callsOfRuns;
  const outcome = await simulate(many, { ...troubles, kills: new Map([[0, { call: Math.floor(calls * 0.9), when: "after" }]]) });
  const [{ by } = { by: "" }] = outcome.wakes;
  expect(outcome.killed).toBe(1);
  // One for each channel before it is killed; of those, whichever comes first while both are still held.
  expect(outcome.wakes.filter((it) => it.by === by && it.at - AT < 5_000)).toHaveLength(2);
  expect(outcome.wakes.filter((it) => it.by === by && it.at - AT > 40_000)).toHaveLength(1);
  expect(Object.values(factsTold(outcome)).every((signals) => signals.includes("ready"))).toBe(true);
});
