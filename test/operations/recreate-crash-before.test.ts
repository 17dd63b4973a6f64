import { expect, it } from "vitest";
import { dieEverywhere } from "./crashed.ts";

it("a recreation whose process dies before any outgoing call or checkpoint is done by the next one: one deletion, one creation", async () => {
  const { points, deaths } = await dieEverywhere("before");
  expect(points).toBeGreaterThan(60);
  // What two calls at once are called depends on which is first, so a few points are not met again.
  expect(deaths).toBeGreaterThan(0.9 * points);
});
