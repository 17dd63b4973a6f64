import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COMMAND, catalogue, FILE } from "../../catalogue/catalogue.ts";
import { notRunIn, readyMessages } from "../../catalogue/ran.ts";

it("the list of messages is what its command writes, and made by every function that makes words", { timeout: 600_000 }, async () => {
  let written = "";
  const notRun = await notRunIn(async () => {
    written = await catalogue();
  });
  expect(readFileSync(FILE, "utf8"), `${FILE} is out of date: run ${COMMAND}, and read what has changed.`).toBe(written);
  expect(
    (await readyMessages()).filter((text) => !written.includes(text)),
    "Give test/catalogue/examples these too.",
  ).toEqual([]);
  expect(notRun, "Give test/catalogue/examples an example of what these make.").toEqual([]);
});
