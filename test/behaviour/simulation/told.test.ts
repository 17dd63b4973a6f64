import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Kill } from "../../support/simulation/ports.ts";
import { expectCardsToShowTheApi, factsTold, published, repeated, republished } from "./outcome.ts";
import { ENDS, type End, type Recording, record, retold } from "./recording.ts";
import { simulate, type Troubles, UNTROUBLED } from "./simulate.ts";

const recordings = new Map<End, Recording>();
beforeAll(async () => {
  for (const end of ENDS) recordings.set(end, await record(end));
}, 60_000);

const stories = new Map<string, Recording>();

function story(end: End, index = 1, minutes = 0): Recording {
  const recording = recordings.get(end);
  if (!recording) throw new Error(`No deployment was recorded that ends ${end}.`);
  const key = `${end} ${index} ${minutes}`;
  const known = stories.get(key) ?? retold(recording, index, minutes);
  stories.set(key, known);
  return known;
}

/** The same numbers for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe.each(ENDS)("a deployment that ends %s", (end) => {
  it("is told the same when every event is dropped, two sweeps later at most", async () => {
    const told = await simulate([story(end)], UNTROUBLED);
    const dropped = await simulate([story(end)], { ...UNTROUBLED, fate: () => [] });
    expect(factsTold(dropped)).toEqual(factsTold(told));
    expect(Object.values(factsTold(dropped)).flat().length).toBeGreaterThan(0);
    expect(published(dropped)).toEqual(published(told));
    expectCardsToShowTheApi(dropped);
    const last = Math.max(...story(end).events.map(({ at }) => at));
    const lastPost = Math.max(...dropped.outside.messages.map(({ postedAt }) => postedAt));
    expect(lastPost - last).toBeLessThan(11 * 60_000);
  });
});

// Of idle sweeps, which make the same calls one after the other, the first stands for all.
describe.each(["switched", "deleted"] as const)("of a deployment that ends %s", (end) => {
  it("the same is told whichever of its calls a handler is killed before or after, and at most one message is repeated", async () => {
    const whole = await simulate([story(end)], UNTROUBLED);
    const kills = whole.callsOfRuns.flatMap((calls, run) =>
      calls === whole.callsOfRuns[run - 1] ? [] : Array.from({ length: calls }, (_, call) => call).flatMap((call) => killsAt(run, call)),
    );
    expect(kills.length).toBeGreaterThan(120);
    for (const { run, kill } of kills) {
      const outcome = await simulate([story(end)], { ...UNTROUBLED, kills: new Map([[run, kill]]) });
      const where = JSON.stringify({ run, kill });
      expect(outcome.killed, where).toBe(1);
      expect(factsTold(outcome), where).toEqual(factsTold(whole));
      expect(published(outcome), where).toEqual(published(whole));
      expect(repeated(outcome) + republished(outcome), where).toBeLessThanOrEqual(1);
      expectCardsToShowTheApi(outcome);
    }
  }, 300_000);
});

/** Nothing happens between a call and the next, so only the first has a kill before it. */
function killsAt(run: number, call: number): { run: number; kill: Kill }[] {
  const whens = call === 0 ? (["before", "after"] as const) : (["after"] as const);
  return whens.map((when) => ({ run, kill: { call, when } }));
}

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

describe("any number of deployments", () => {
  const troubled = fc.record({
    stories: fc.array(fc.record({ end: fc.constantFrom(...ENDS), minutes: fc.nat(120) }), { minLength: 1, maxLength: 20 }),
    fates: fc.array(fc.array(fc.nat(60), { maxLength: 3 }), { minLength: 1, maxLength: 50 }),
    handlers: fc.integer({ min: 2, max: 4 }),
    kills: fc.array(fc.record({ run: fc.nat(150), call: fc.nat(40), when: fc.constantFrom("before" as const, "after" as const) }), {
      maxLength: 8,
    }),
    seed: fc.nat(),
  });

  it("are told the same in any order, dropped, doubled, late, by several handlers at once, some of them killed", async () => {
    await fc.assert(
      fc.asyncProperty(troubled, async ({ stories, fates, handlers, kills, seed }) => {
        const told = stories.map(({ end, minutes }, index) => story(end, index, minutes));
        const troubles: Troubles = {
          fate: (index) => fates[index % fates.length] ?? [],
          handlers,
          kills: new Map(kills.map(({ run, ...kill }) => [run, kill])),
          random: seeded(seed),
          sweeps: true,
        };
        const outcome = await simulate(told, troubles, 60);
        const untroubled = await simulate(told, UNTROUBLED);
        expect(factsTold(outcome)).toEqual(factsTold(untroubled));
        expect(published(outcome)).toEqual(published(untroubled));
        expect(repeated(outcome) + republished(outcome)).toBeLessThanOrEqual(outcome.killed);
        expect(outcome.deadLetters).toEqual([]);
        expect(outcome.waiting).toBe(0);
        expectCardsToShowTheApi(outcome);
      }),
      { numRuns: 25 },
    );
  }, 300_000);
});
