import { expect, it, vi } from "vitest";
import { readBlue } from "../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../src/operations/request.ts";
import { openTestLab } from "../lab/stage.ts";
import { type Crash, operateThrough, pointsWorthDying } from "./crashing.ts";
import { accepted, REQUEST } from "./recreating.ts";
import { confirmSwitchover, ready, switchoverPortsOf } from "./switching.ts";

vi.setConfig({ testTimeout: 300_000 });

/** Switches a deployment over through these deaths: once, whatever happens. */
async function switchedOver(crashes: readonly Crash[]): Promise<{ points: string[]; died: number }> {
  const lab = await openTestLab({ lose: () => true });
  try {
    lab.rds.hasten(600);
    const ports = switchoverPortsOf(lab);
    const id = await ready(lab);
    // Slow enough for a process to die while RDS is at it.
    lab.rds.hasten(4);
    await confirmSwitchover(id, ports);
    const { output, points, died } = await operateThrough(lab, "switchover", REQUEST, crashes);
    const where = JSON.stringify(crashes);
    expect({ outcome: output.outcome, switched: accepted(lab, "SwitchoverBlueGreenDeployment") }, where).toEqual({
      outcome: "done",
      switched: 1,
    });
    const request = await ports.records.read<OperationRequest>(requestKey(REQUEST));
    expect(request?.outcome?.result, where).toBe("done");
    expect((await readBlue(request?.blue ?? "", ports.records)).claim, where).toBeUndefined();
    return { points, died };
  } finally {
    await lab.close();
  }
}

it.each(["before", "after"] as const)(
  "a switchover whose process dies %s any outgoing call or checkpoint takes place once",
  async (when) => {
    const points = pointsWorthDying((await switchedOver([])).points);
    expect(points.length).toBeGreaterThan(40);
    let deaths = 0;
    for (const point of points) deaths += (await switchedOver([{ point, when }])).died;
    // What two calls at once are called depends on which is first, so a few points are not met again.
    expect(deaths).toBeGreaterThan(0.9 * points.length);
  },
);
