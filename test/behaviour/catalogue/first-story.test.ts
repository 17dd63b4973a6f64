import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { COMMAND, FILE, firstStory } from "../../catalogue/catalogue.ts";

it("the first story in the list of messages reads as it is played", async () => {
  const played = await firstStory();
  expect(readFileSync(FILE, "utf8").includes(`\n${played}\n`), `${FILE} is out of date: run ${COMMAND}, and read what has changed.`).toBe(
    true,
  );
});
