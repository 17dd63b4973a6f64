import { expect, it } from "vitest";
import { dieEverywhere, openRecreations } from "./crashed.ts";

const recreated = openRecreations();

it("a recreation whose process dies before any outgoing call or checkpoint is done by the next one: one deletion, one creation", async () => {
  const { points, deaths, far, farDeaths } = await dieEverywhere("before", recreated);
  expect(points + far).toBeGreaterThan(60);
  // The names of two simultaneous calls depend on which comes first, so a few points are not met again; such a process is the run's last.
  expect(deaths).toBeGreaterThan(0.8 * points);
  expect(farDeaths).toBeGreaterThan(0.5 * far);
});
