import { describe, expect, it } from "vitest";
import { expectTheSameAfterKills } from "./kills.ts";
import { expectCardsToShowTheApi, factsTold, published, republished } from "./outcome.ts";
import { ENDS } from "./recording.ts";
import { simulate, UNTROUBLED } from "./simulate.ts";
import { stories } from "./stories.ts";
import { expectTheSameThroughTroubles } from "./troubles.ts";

const story = stories();

describe.each(ENDS)("a deployment that ends %s", (end) => {
  it("is told the same when every event is dropped, two sweeps later at most", async () => {
    const told = await simulate([story(end)], UNTROUBLED);
    const dropped = await simulate([story(end)], { ...UNTROUBLED, fate: () => [] });
    expect(factsTold(dropped)).toEqual(factsTold(told));
    expect(Object.values(factsTold(dropped)).flat().length).toBeGreaterThan(0);
    expect(published(dropped)).toEqual(published(told));
    await expectCardsToShowTheApi(dropped);
    const last = Math.max(...story(end).events.map(({ at }) => at));
    const lastPost = Math.max(...dropped.outside.messages.map(({ postedAt }) => postedAt));
    expect(lastPost - last).toBeLessThan(11 * 60_000);
  });
});

it.each(["switched", "deleted"] as const)(
  "of a deployment that ends %s the same is told when a handler is killed before or after one of every few calls, and at most one message is repeated",
  (end) => expectTheSameAfterKills(story(end), "sampled"),
  300_000,
);

describe("on the event bus", () => {
  it.each([
    { end: "ready" as const, facts: ["Deployment Ready"] },
    { end: "degraded" as const, facts: ["Deployment Degraded"] },
    { end: "switched" as const, facts: ["Deployment Ready", "Switchover Completed"] },
  ])("a deployment that ends $end stands as $facts", async ({ end, facts }) => {
    const outcome = await simulate([story(end)], UNTROUBLED);
    expect(published(outcome).map((fact) => fact.replace(/^\S+ /, ""))).toEqual(facts);
    expect(republished(outcome)).toBe(0);
  });
});

it(
  "any number of deployments are told the same in any order, dropped, doubled, late, by several handlers at once, some of them killed",
  () => expectTheSameThroughTroubles(story, 5),
  300_000,
);
