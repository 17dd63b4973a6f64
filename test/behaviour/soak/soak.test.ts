import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { MUTANTS } from "../../soak/mutants.ts";
import { readOptions, usage } from "../../soak/options.ts";
import { edited } from "../../soak/without.ts";
import { expectGoodStories } from "./playing.ts";

describe("the soak", () => {
  it("finds in its first stories nothing that must never be", async () => {
    const { begun, deletions, kills } = await expectGoodStories(20_240_205, 15);
    expect(Math.min(begun, deletions, kills)).toBeGreaterThan(0);
  });

  it.each(MUTANTS)("can take out of the guard $id: $words", ({ edits }) => {
    for (const edit of edits) expect(edited(readFileSync(edit.file, "utf8"), edit)).not.toContain(edit.text);
  });

  it("says loudly that a rule's text is not where it was", () => {
    expect(() => edited("a b a", { file: "x.ts", text: "a", by: "" })).toThrow("x.ts has 2 times, and not once");
    expect(() => edited("b", { file: "x.ts", text: "a", by: "" })).toThrow("x.ts has 0 times, and not once");
  });
});

describe("the options of the soak", () => {
  it("are a minute and a random seed unless somebody says otherwise", () => {
    expect(readOptions([], MUTANTS, 7)).toEqual({ minutes: 1, seed: 7 });
    expect(readOptions(["--minutes", "0.5", "--seed", "3", "--story", "4", "--without", "never-7-once"], MUTANTS, 7)).toEqual({
      minutes: 0.5,
      seed: 3,
      story: 4,
      without: "never-7-once",
    });
  });

  it.each([
    [["--minutes", "long"], '--minutes takes a number from 0.05 to 10000; received "long".'],
    [["--seed", "-1"], /--seed/],
    [["--seed", "1.5"], '--seed takes a whole number from 0 to 4294967295; received "1.5".'],
    [["--story", "1"], "--story needs the seed that it is a story of: --seed S."],
    [["--without", "never"], /^--without takes one of never-0-advice, .*; received "never"\.$/],
    [["--faster"], /--faster/],
  ])("%j are refused in a sentence", (args, words) => {
    expect(() => readOptions(args as string[], MUTANTS, 7)).toThrow(words);
  });

  it("are explained, with every rule that can be left out", () => {
    expect(readOptions(["--help"], MUTANTS, 7)).toBeUndefined();
    for (const { id, words } of MUTANTS) expect(usage(MUTANTS)).toMatch(new RegExp(`${id} +${words.slice(0, 10)}`));
  });
});
