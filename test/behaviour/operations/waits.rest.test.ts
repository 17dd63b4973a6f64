import { beforeEach, describe, expect, it } from "vitest";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import { type OperationNote, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { cancelRequest } from "../../../src/operations/requests.ts";
import { HOUR, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import type { TestLab } from "../../support/lab/stage.ts";
import { accepted, type portsOf, REQUEST } from "../../support/operations/recreating.ts";
import { inWords, wordsOf } from "../../support/operations/words.ts";
import { openWaiting, recreateWhile, until } from "./waiting.ts";

let lab: TestLab;
let ports: ReturnType<typeof portsOf>;
let notes: OperationNote[];
let stuckAfterHours: number;
let id: string;
beforeEach(async () => {
  stuckAfterHours = 6;
  ({ lab, ports, notes, id } = await openWaiting());
});

const run = (scene?: () => Promise<void>, rds?: Partial<RecreatePorts["rds"]>) =>
  recreateWhile({ lab, ports, notes, stuckAfterHours }, scene, rds);
const told = (step: string) => notes.filter((note) => note.step === step);
const request = () => ports.records.read<OperationRequest>(requestKey(REQUEST));
const newOne = async () => (await ports.rds.deployments()).find((it) => it.id !== id);

describe("a creation", () => {
  it("that takes longer than the hours of the setting, but moves, is waited for, and nobody is told that it is stuck", async () => {
    stuckAfterHours = 0.4;
    lab.rds.hasten(1);
    lab.rds.nextCreation = { minutes: 30 };
    const began = lab.clock.now();
    expect(await run()).toMatchObject({ outcome: "done" });
    expect(lab.clock.now() - began).toBeGreaterThan(30 * MINUTE);
    expect(told("stuck")).toEqual([]);
  });

  it("in which nothing moves for the hours of the setting is told once and waited for on, until somebody gives it up", async () => {
    stuckAfterHours = 1;
    lab.rds.faults.stickCreation();
    let stuckFor = 0;
    const output = await run(async () => {
      await until(lab, newOne);
      const began = lab.clock.now();
      await until(lab, () => told("stuck").length > 0);
      stuckFor = lab.clock.now() - began;
      await pass(lab, 1.1 * HOUR);
      expect(await request()).not.toHaveProperty("outcome");
      await cancelRequest(ports.records, REQUEST, { name: "oncall" }, lab.clock.now());
    });
    expect(stuckFor).toBeGreaterThanOrEqual(HOUR);
    expect(stuckFor).toBeLessThan(1.1 * HOUR);
    expect(told("stuck").map(wordsOf)).toEqual([
      expect.stringMatching(
        /^Nothing has moved for an hour \(PROVISIONING, .*\)\. The guard keeps waiting\. To stop that: .*cancel orders-15$/,
      ),
    ]);
    const words = /^oncall stopped waiting for the new deployment, which RDS goes on building\. The guard has not changed blue\. /;
    expect(inWords(output)).toMatchObject({ outcome: "cancelled", text: expect.stringMatching(words) });
    expect([accepted(lab, "DeleteBlueGreenDeployment"), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
  });

  it("is followed through throttling, pages that are no XML and lost answers", async () => {
    const output = await run(async () => {
      await until(lab, newOne);
      lab.rds.faults.throttle({ times: 6, action: "DescribeBlueGreenDeployments" });
      lab.rds.faults.htmlPage({ times: 6, action: "DescribeDBClusters" });
      lab.rds.faults.serverError({ times: 6, action: "DescribeEvents" });
    });
    expect(output).toMatchObject({ outcome: "done" });
  });
});
