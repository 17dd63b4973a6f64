import { expect, it } from "vitest";
import { openRecreations } from "./crashed.ts";
import { checkpointsOf } from "./crashing.ts";
import { expectGolden } from "./golden.ts";

const recreated = openRecreations();

it.each(["before", "after"] as const)(
  "a recreation whose process dies %s each of its operations is written down does those of the golden list, with one deletion and one creation",
  async (when) => {
    const points = checkpointsOf((await recreated([])).points);
    const { execution, died } = await recreated(points.map((point) => ({ point, when })));
    expect(points.length).toBeGreaterThan(9);
    expect(died).toBe(points.length);
    await expectGolden(execution, "person");
  },
);
