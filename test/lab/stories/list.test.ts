import { expect, it } from "vitest";
import { readOptions } from "../../../lab/options.ts";
import { stories } from "../../../lab/stories/index.ts";

it("npm start -- --list names every story with a line of what it shows", () => {
  const lines = String(readOptions(["--list"]))
    .trimEnd()
    .split("\n");
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual(stories.map(({ name, line }) => [name, line]));
  expect(lines.map((line) => line.split(" ")[0])).toEqual([
    "aurora-major-upgrade",
    "creation-fails",
    "switchover-cancelled",
    "events-lost",
    "slack-down",
    "three-at-once",
    "aurora-mysql",
    "rds-postgresql",
    "rds-mysql",
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
});

it("each of them can be asked for by its name", () => {
  for (const { name } of stories) expect(readOptions(["--story", name])).toMatchObject({ story: name });
});
