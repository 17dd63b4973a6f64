import { it } from "vitest";
import { expectNever } from "./play.ts";

it(
  "whatever happens, in whatever order it is told: nothing false is said, and nothing is deleted that is production",
  () => expectNever(150, 20_240_205),
  120_000,
);
