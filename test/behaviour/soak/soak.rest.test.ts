import { expect, it } from "vitest";
import { playStory } from "../../soak/play.ts";
import { storyOf } from "../../soak/story.ts";
import { playWithout } from "../../soak/without.ts";
import { expectGoodStories } from "./playing.ts";

it("the soak finds in many more stories nothing that must never be", async () => {
  const { switchovers, creations, ended } = await expectGoodStories(20_240_206, 80);
  expect(Math.min(switchovers, creations, ended)).toBeGreaterThan(0);
});

it("the soak finds out soon that a guard without a rule breaks it", async () => {
  const { play, remove } = await playWithout("never-6-attempt");
  try {
    let found: string | undefined;
    for (let number = 0; found === undefined && number < 60; number += 1) found = (await play(storyOf(16, number))).violations[0]?.rule;
    expect(found).toBe("never 6");
  } finally {
    remove();
  }
  expect((await playStory(storyOf(16, 2))).violations).toEqual([]);
});
