import { afterAll, beforeAll, expect, vi } from "vitest";
import type { Execution } from "../../../local/engine/execution.ts";
import { readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { accepted } from "../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchoverPortsOf } from "../../support/operations/switching.ts";
import { type Crash, operateThrough } from "./crashing.ts";

/** What came of a switchover. */
interface Switched {
  points: string[];
  died: number;
  execution: Execution;
}

/** Opens a lab for the tests of a file; answers what switches a deployment of its own over through deaths. */
export function openSwitchovers(): (crashes: readonly Crash[]) => Promise<Switched> {
  vi.setConfig({ testTimeout: 300_000 });
  let lab: TestLab;
  let count = 0;
  beforeAll(async () => {
    lab = await openTestLab();
    // The guard that watches is not what is tested.
    lab.way.lose(() => true);
  });
  afterAll(() => lab.close());
  return (crashes) => {
    count += 1;
    return switchedThrough(lab, count, crashes);
  };
}

// The process also dies between the mark and the call if a checkpoint kills it while the step runs on.
const BETWEEN = /^(checkpoint )?attempt( |$)/;

/** Switches a deployment of its own over through these deaths: at most once, whatever happens. */
async function switchedThrough(lab: TestLab, count: number, crashes: readonly Crash[]): Promise<Switched> {
  const requestId = `${String(count).padStart(8, "0")}-7d35-4b8e-9c51-2f6d3e8a7b10`;
  const ports = switchoverPortsOf(lab);
  lab.rds.hasten(600);
  const id = await ready(lab, `orders${count}`);
  // Slow enough for a process to die while RDS is at it.
  lab.rds.hasten(4);
  await confirmSwitchover(id, ports, { requestId });
  const before = accepted(lab, "SwitchoverBlueGreenDeployment");
  const { output, execution, points, died } = await operateThrough(lab, "switchover", requestId, crashes);
  const switched = accepted(lab, "SwitchoverBlueGreenDeployment") - before;
  const where = JSON.stringify(crashes);
  const request = await ports.records.read<OperationRequest>(requestKey(requestId));
  const { claim } = await readBlue(request?.blue ?? "", ports.records);
  // Whoever dies between the mark and the call cannot know afterwards whether the call was made: a person has to decide.
  const isUnsure = switched === 0 && crashes.some(({ point }) => BETWEEN.test(point));
  const expected = isUnsure ? { outcome: "unclear", switched: 0, isClaimed: true } : { outcome: "done", switched: 1, isClaimed: false };
  expect({ outcome: output.outcome, switched, isClaimed: claim !== undefined }, where).toEqual(expected);
  return { points, died, execution };
}
