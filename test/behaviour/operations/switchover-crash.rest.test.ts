import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { accepted } from "../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchoverPortsOf } from "../../support/operations/switching.ts";
import { type Crash, operateThrough, pointsWorthDying, runsOf } from "./crashing.ts";

vi.setConfig({ testTimeout: 300_000 });

let lab: TestLab;
let count = 0;
beforeAll(async () => {
  lab = await openTestLab();
  // The guard that watches is not what is tested.
  lab.way.lose(() => true);
});
afterAll(() => lab.close());

/** Switches a deployment of its own over through these deaths: once, whatever happens. */
async function switchedOver(crashes: readonly Crash[]): Promise<{ points: string[]; died: number }> {
  count += 1;
  const requestId = `${String(count).padStart(8, "0")}-7d35-4b8e-9c51-2f6d3e8a7b10`;
  const ports = switchoverPortsOf(lab);
  lab.rds.hasten(600);
  const id = await ready(lab, `orders${count}`);
  // Slow enough for a process to die while RDS is at it.
  lab.rds.hasten(4);
  await confirmSwitchover(id, ports, { requestId });
  const before = accepted(lab, "SwitchoverBlueGreenDeployment");
  const { output, points, died } = await operateThrough(lab, "switchover", requestId, crashes);
  const switched = accepted(lab, "SwitchoverBlueGreenDeployment") - before;
  const where = JSON.stringify(crashes);
  expect({ outcome: output.outcome, switched }, where).toEqual({ outcome: "done", switched: 1 });
  const request = await ports.records.read<OperationRequest>(requestKey(requestId));
  expect((await readBlue(request?.blue ?? "", ports.records)).claim, where).toBeUndefined();
  return { points, died };
}

it.each(["before", "after"] as const)(
  "a switchover whose process dies %s any outgoing call or checkpoint takes place once",
  async (when) => {
    const points = pointsWorthDying((await switchedOver([])).points);
    const { alone, shared } = runsOf(points, (point) => /^(ready|attempt|switching) /.test(point));
    const dieAt = async (dying: readonly string[]) => (await switchedOver(dying.map((point) => ({ point, when })))).died;
    let [deaths, sharedDeaths] = [0, 0];
    for (const dying of alone) deaths += await dieAt(dying);
    for (const dying of shared) sharedDeaths += await dieAt(dying);
    expect(alone.length).toBeGreaterThan(5);
    expect(alone.length + shared.flat().length).toBeGreaterThan(60);
    // What two calls at once are called depends on which is first, so a few points are not met again; such a process is the run's last.
    expect(deaths).toBeGreaterThan(0.8 * alone.length);
    expect(sharedDeaths).toBeGreaterThan(0.5 * shared.flat().length);
  },
);
