import { expect, it } from "vitest";
import { stopsWords } from "../../../src/messages/en/operations/stopping.ts";

const WHEN = "This takes up to five minutes.";

it.each([
  ["everything", "Nothing has been deleted or renamed."],
  ["maybe-no-green", "RDS may have begun to delete green, and nothing is created in its place."],
  ["no-green", "Green is deleted already, and nothing is created in its place"],
  ["new-green", "RDS goes on building the new green."],
  ["unknown", "The guard has lost its request, so it does not know what was changed in RDS"],
] as const)("who cancels reads when it is heard and what it leaves: %s", (leaves, words) => {
  const said = stopsWords(leaves, false);
  expect(said).toMatch(/^stops before its next change to RDS\. /);
  expect(said).toContain(words);
  expect(said.endsWith(WHEN)).toBe(true);
  expect(stopsWords(leaves, true).endsWith("This takes up to ten seconds.")).toBe(true);
});

it("who cancels a switchover that RDS was asked for reads that it cannot be stopped any more", () => {
  expect(stopsWords("switchover", true)).toMatch(
    /^cannot stop any more: RDS was asked to switch over already\. RDS goes on with the switchover/,
  );
  expect(stopsWords("switchover", true)).not.toContain("It hears of this");
});
