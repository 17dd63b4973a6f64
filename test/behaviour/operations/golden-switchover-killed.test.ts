import { expect, it } from "vitest";
import { checkpointsOf } from "./crashing.ts";
import { expectGolden } from "./golden.ts";
import { openSwitchovers } from "./switched.ts";

const switchedOver = openSwitchovers();

it.each(["before", "after"] as const)(
  "a switchover whose process dies %s each of its operations is written down does those of the golden list, and takes place once",
  async (when) => {
    const points = checkpointsOf((await switchedOver([])).points);
    const { execution, died } = await switchedOver(points.map((point) => ({ point, when })));
    expect(points.length).toBeGreaterThan(8);
    expect(died).toBe(points.length);
    await expectGolden(execution, "asked");
  },
);
