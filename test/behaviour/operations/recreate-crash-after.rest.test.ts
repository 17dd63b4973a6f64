import * as fc from "fast-check";
import { expect, it } from "vitest";
import { dieEverywhere, openRecreations } from "./crashed.ts";
import { pointsWorthDying } from "./crashing.ts";

const recreated = openRecreations();

it("a recreation whose process dies after any outgoing call or checkpoint is done by the next one: one deletion, one creation", async () => {
  const { points, deaths, far, farDeaths } = await dieEverywhere("after", recreated);
  expect(points + far).toBeGreaterThan(60);
  // The names of two simultaneous calls depend on which comes first, so a few points are not met again; such a process is the run's last.
  expect(deaths).toBeGreaterThan(0.8 * points);
  expect(farDeaths).toBeGreaterThan(0.5 * far);
});

it("so is one whose processes die again and again", async () => {
  const points = pointsWorthDying((await recreated([])).points);
  const crash = fc.record({ point: fc.constantFrom(...points), when: fc.constantFrom("before" as const, "after" as const) });
  await fc.assert(
    fc.asyncProperty(fc.array(crash, { minLength: 2, maxLength: 6 }), async (crashes) => {
      await recreated(crashes);
    }),
    { numRuns: 10 },
  );
});
