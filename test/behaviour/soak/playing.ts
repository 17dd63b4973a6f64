import { expect } from "vitest";
import { playStory } from "../../soak/play.ts";
import { Report } from "../../soak/report.ts";
import { storyOf } from "../../soak/story.ts";

/** Plays the stories with these numbers, and expects that nothing is in them that must never be; returns what was counted. */
export async function expectGoodStories(seed: number, count: number): Promise<Report["counts"]> {
  const report = new Report();
  for (let number = 0; number < count; number += 1) {
    const played = await playStory(storyOf(seed, number));
    report.add(played);
    expect(played.violations, `npm run soak -- --seed ${seed} --story ${number}`).toEqual([]);
  }
  return report.counts;
}
