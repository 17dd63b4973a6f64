import { afterAll, beforeAll, expect, vi } from "vitest";
import type { Execution } from "../../../local/engine/execution.ts";
import { type BlueItem, blueKey } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { accepted, confirm, portsOf, ruined } from "../../support/operations/recreating.ts";
import { type Crash, operateThrough, pointsWorthDying, runsOf } from "./crashing.ts";

/** What came of a recreation. */
interface Recreated {
  points: string[];
  died: number;
  execution: Execution;
}

/** Opens a lab with a deployment that is ruined for the tests of a file; answers what recreates through deaths what the time before has left. */
export function openRecreations(): (crashes: readonly Crash[]) => Promise<Recreated> {
  // Each run is a recreation over the wire, and there are some two hundred.
  vi.setConfig({ testTimeout: 400_000, hookTimeout: 60_000 });
  let lab: TestLab;
  let ports: ReturnType<typeof portsOf>;
  let count = 0;
  beforeAll(async () => {
    lab = await openTestLab();
    ports = portsOf(lab);
    await ruined(lab);
    // The guard that watches is not what is tested.
    lab.way.lose(() => true);
    // Hours of waiting are the same look again and again. Each wait takes longer than the pauses of telling, so that each run looks as often.
    lab.rds.hasten(60);
  });
  afterAll(() => lab.close());
  return (crashes) => {
    count += 1;
    return recreatedThrough(lab, ports, count, crashes);
  };
}

/** Recreates the deployment that the run before has left, through these deaths: one deletion and one creation, whatever happens. */
async function recreatedThrough(
  lab: TestLab,
  ports: ReturnType<typeof portsOf>,
  count: number,
  crashes: readonly Crash[],
): Promise<Recreated> {
  const requestId = `${String(count).padStart(8, "0")}-7d35-4b8e-9c51-2f6d3e8a7b10`;
  const [before] = await ports.rds.deployments();
  await confirm(before?.id ?? "", ports, requestId);
  const counts = () => [accepted(lab, "DeleteBlueGreenDeployment"), accepted(lab, "CreateBlueGreenDeployment")];
  const [deleted = 0, created = 0] = counts();
  const { output, execution, points, died } = await operateThrough(lab, "recreate", requestId, crashes);
  expect({ outcome: output.outcome, counts: counts() }).toEqual({ outcome: "done", counts: [deleted + 1, created + 1] });
  const after = await ports.rds.deployments();
  expect(after.map(({ id, name }) => ({ id, name }))).toEqual([{ id: output.deployment, name: `orders-15-${requestId.slice(0, 8)}` }]);
  const request = await ports.records.read<OperationRequest>(requestKey(requestId));
  expect(request).toMatchObject({ outcome: { result: "done" }, created: output.deployment });
  expect((await ports.records.read<BlueItem>(blueKey(request?.blue ?? "")))?.claim).toBeUndefined();
  return { points, died, execution };
}

/** Recreates through a death at each point that is worth it; answers how many there were and how many died, near a change and far from it. */
export async function dieEverywhere(
  when: Crash["when"],
  recreated: (crashes: readonly Crash[]) => Promise<Recreated>,
): Promise<{ points: number; deaths: number; far: number; farDeaths: number }> {
  const { alone, shared } = runsOf(pointsWorthDying((await recreated([])).points), (point) => /^(delete|gone|create|built) /.test(point));
  let [deaths, farDeaths] = [0, 0];
  for (const dying of alone) deaths += (await recreated(dying.map((point) => ({ point, when })))).died;
  for (const dying of shared) farDeaths += (await recreated(dying.map((point) => ({ point, when })))).died;
  return { points: alone.length, deaths, far: shared.flat().length, farDeaths };
}
