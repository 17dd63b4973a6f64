import { it } from "vitest";
import { expectTheSameAfterKills } from "./kills.ts";
import { stories } from "./stories.ts";
import { expectTheSameThroughTroubles } from "./troubles.ts";

const story = stories();

it.each(["switched", "deleted"] as const)(
  "of a deployment that ends %s the same is told whichever other of its calls a handler is killed before or after, and at most one message is repeated",
  (end) => expectTheSameAfterKills(story(end), "other"),
  300_000,
);

it(
  "any number of other deployments are told the same in any order, dropped, doubled, late, by several handlers at once, some of them killed",
  () => expectTheSameThroughTroubles(story, 20),
  300_000,
);
