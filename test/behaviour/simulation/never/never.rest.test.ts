import { it } from "vitest";
import { expectNever } from "./play.ts";

// The same sequences each time: a new seed may find what no answer of RDS can show, such as names that were swapped by hand before the
// first look at a deployment while RDS goes on listing the old ones. Change the seed to look for more, and keep what is found.
it(
  "in many more sequences nothing false is said either, and nothing is deleted that is production",
  () => expectNever(1_200, 20_240_206),
  600_000,
);
