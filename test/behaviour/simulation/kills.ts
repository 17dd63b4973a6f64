import { expect } from "vitest";
import type { Kill } from "../../support/simulation/ports.ts";
import { expectCardsToShowTheApi, factsTold, published, repeated, republished } from "./outcome.ts";
import type { Recording } from "./recording.ts";
import { simulate, UNTROUBLED } from "./simulate.ts";

const SAMPLE_EVERY = 7;

/**
 * Plays a story for kills of a handler, one at a time, and expects the same to be told each time: for a few of the calls that it makes, or for
 * all the others. Of idle sweeps, which make the same calls one after the other, the first stands for all.
 */
export async function expectTheSameAfterKills(story: Recording, which: "sampled" | "other", channels?: readonly string[]): Promise<void> {
  const calm = { ...UNTROUBLED, channels };
  const whole = await simulate([story], calm);
  const all = whole.callsOfRuns.flatMap((calls, run) =>
    calls === whole.callsOfRuns[run - 1] ? [] : Array.from({ length: calls }, (_, call) => call).flatMap((call) => killsAt(run, call)),
  );
  expect(all.length).toBeGreaterThan(120);
  const kills = all.filter((_, index) => (index % SAMPLE_EVERY === 0) === (which === "sampled"));
  for (const { run, kill } of kills) {
    const outcome = await simulate([story], { ...calm, kills: new Map([[run, kill]]) });
    const where = JSON.stringify({ run, kill });
    expect(outcome.killed, where).toBe(1);
    expect(factsTold(outcome), where).toEqual(factsTold(whole));
    expect(published(outcome), where).toEqual(published(whole));
    // They go out together, and are marked together.
    expect(repeated(outcome), where).toBeLessThanOrEqual(1);
    expect(republished(outcome), where).toBeLessThanOrEqual(1);
    await expectCardsToShowTheApi(outcome);
  }
}

/** Nothing happens between a call and the next, so only the first has a kill before it. */
function killsAt(run: number, call: number): { run: number; kill: Kill }[] {
  const whens = call === 0 ? (["before", "after"] as const) : (["after"] as const);
  return whens.map((when) => ({ run, kill: { call, when } }));
}
