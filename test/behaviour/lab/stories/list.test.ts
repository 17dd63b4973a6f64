import { expect, it } from "vitest";
import { readOptions } from "../../../../lab/options.ts";
import { speedOf, stories, storyNamed } from "../../../../lab/stories/index.ts";

it("npm start -- --list names every story with a line of what it shows", () => {
  const lines = String(readOptions(["--list"]))
    .trimEnd()
    .split("\n");
  expect(lines.map((line) => line.split(/ {2,}/))).toEqual(stories.map(({ name, line }) => [name, line]));
  expect(lines.map((line) => line.split(" ")[0])).toEqual([
    "upgrade",
    "aurora-major-upgrade",
    "recreate",
    "recreate-by-policy",
    "recreate-fails",
    "recreate-ruined-again",
    "recreate-killed",
    "switchover",
    "switchover-approved",
    "switchover-cancelled",
    "switchover-finds-ddl",
    "sequence-sync-fails",
    "switchover-times-out",
    "switchover-in-part",
    "creation-fails",
    "events-lost",
    "slack-down",
    "somebody-comes",
    "three-at-once",
    "aurora-mysql",
    "custom-endpoints",
    "rds-postgresql",
    "rds-mysql",
    "storage-optimization",
    "degraded-in-api",
  ]);
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(120);
});

it("each of them can be asked for by its name", () => {
  for (const { name } of stories) expect(readOptions(["--story", name])).toMatchObject({ story: name });
});

it("one in which something has to be done in time is played no faster than that, and never faster than was asked for", () => {
  const slow = storyNamed("recreate-by-policy");
  expect([speedOf(slow, 600), speedOf(slow, 20), speedOf(storyNamed("creation-fails"), 600), speedOf(undefined, 600)]).toEqual([
    150, 20, 600, 600,
  ]);
});
