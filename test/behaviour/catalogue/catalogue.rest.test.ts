import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { rules } from "../../../src/rules/index.ts";
import { notRunIn, readyWords } from "../../catalogue/ran.ts";

// Each is told as the signal that it folds into, so its own words, which the compiler asks for, are never said.
const FOLDED = rules.flatMap(({ id, foldsInto }) => (foldsInto ? [id] : []));

it("the list of messages is what its command writes, with all words, made by every function that makes words", {
  timeout: 600_000,
}, async () => {
  let [written, inFile, how] = ["", "", ""];
  const notRun = await notRunIn(async () => {
    const { COMMAND, catalogue, FILE } = await import("../../catalogue/catalogue.ts");
    written = await catalogue();
    inFile = readFileSync(FILE, "utf8");
    how = `${FILE} is out of date: run ${COMMAND}, and read what has changed.`;
  });
  expect.soft(inFile, how).toBe(written);
  expect
    .soft(
      notRun.filter((it) => !FOLDED.some((id) => it.endsWith(` ${id}`))),
      "Give test/catalogue/examples an example of what these make.",
    )
    .toEqual([]);
  const words = await import("../../../src/messages/language.ts");
  expect
    .soft(
      readyWords(words).filter((text) => !written.includes(text) && !FOLDED.some((id) => words.MEANINGS[id] === text)),
      "Give test/catalogue/examples these too.",
    )
    .toEqual([]);
});
