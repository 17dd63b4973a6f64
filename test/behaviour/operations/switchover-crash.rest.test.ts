import { expect, it } from "vitest";
import { pointsWorthDying, runsOf } from "./crashing.ts";
import { openSwitchovers } from "./switched.ts";

const switchedOver = openSwitchovers();

it.each(["before", "after"] as const)(
  "a switchover whose process dies %s any outgoing call or checkpoint takes place once, or never and is unclear",
  async (when) => {
    const points = pointsWorthDying((await switchedOver([])).points);
    const { alone, shared } = runsOf(points, (point) => /^(ready|attempt|switching) /.test(point));
    const dieAt = async (dying: readonly string[]) => (await switchedOver(dying.map((point) => ({ point, when })))).died;
    let [deaths, sharedDeaths] = [0, 0];
    for (const dying of alone) deaths += await dieAt(dying);
    for (const dying of shared) sharedDeaths += await dieAt(dying);
    expect(alone.length).toBeGreaterThan(5);
    expect(alone.length + shared.flat().length).toBeGreaterThan(60);
    // The names of two simultaneous calls depend on which comes first, so a few points are not met again; such a process is the run's last.
    expect(deaths).toBeGreaterThan(0.8 * alone.length);
    expect(sharedDeaths).toBeGreaterThan(0.5 * shared.flat().length);
  },
);
