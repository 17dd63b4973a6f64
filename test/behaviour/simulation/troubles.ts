import * as fc from "fast-check";
import { expect } from "vitest";
import { expectCardsToShowTheApi, factsTold, published, repeated, republished } from "./outcome.ts";
import { ENDS } from "./recording.ts";
import { simulate, type Troubles, UNTROUBLED } from "./simulate.ts";
import type { stories } from "./stories.ts";

const troubled = fc.record({
  deployments: fc.array(fc.record({ end: fc.constantFrom(...ENDS), minutes: fc.nat(120) }), { minLength: 1, maxLength: 20 }),
  fates: fc.array(fc.array(fc.nat(60), { maxLength: 3 }), { minLength: 1, maxLength: 50 }),
  handlers: fc.integer({ min: 2, max: 4 }),
  kills: fc.array(fc.record({ run: fc.nat(150), call: fc.nat(40), when: fc.constantFrom("before" as const, "after" as const) }), {
    maxLength: 8,
  }),
  seed: fc.nat(),
});

/** Expects that any number of deployments are told the same, whatever befalls their events and the guard: `numRuns` times. */
export async function expectTheSameThroughTroubles(
  story: ReturnType<typeof stories>,
  numRuns: number,
  channels?: readonly string[],
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(troubled, async ({ deployments, fates, handlers, kills, seed }) => {
      const told = deployments.map(({ end, minutes }, index) => story(end, index, minutes));
      const troubles: Troubles = {
        fate: (index) => fates[index % fates.length] ?? [],
        handlers,
        kills: new Map(kills.map(({ run, ...kill }) => [run, kill])),
        random: seeded(seed),
        sweeps: true,
        channels,
      };
      const outcome = await simulate(told, troubles, 60);
      const untroubled = await simulate(told, { ...UNTROUBLED, channels });
      expect(factsTold(outcome)).toEqual(factsTold(untroubled));
      expect(published(outcome)).toEqual(published(untroubled));
      expect(repeated(outcome) + republished(outcome)).toBeLessThanOrEqual(outcome.killed);
      expect(outcome.deadLetters).toEqual([]);
      expect(outcome.waiting).toBe(0);
      await expectCardsToShowTheApi(outcome);
    }),
    { numRuns },
  );
}

/** The same numbers for the same seed. */
function seeded(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}
