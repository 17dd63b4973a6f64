import { SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blueKey } from "../../../src/operations/claim.ts";
import type { OperationOutput } from "../../../src/operations/end.ts";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { addCluster, create, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { accepted, confirm, openRecreateEngine, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";
import { inWords } from "../../support/operations/words.ts";

// A recreation takes hours of the lab and hundreds of looks over the wire.

let lab: TestLab;
let ports: ReturnType<typeof portsOf>;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
  ports = portsOf(lab);
  // Hours of waiting are the same look again and again: test/behaviour/operations/waits.test.ts has them.
  lab.rds.hasten(20);
});
afterEach(() => lab.close());

async function run(through: RecreatePorts = ports): Promise<OperationOutput> {
  const { run: runIt, close } = await openRecreateEngine(lab, through);
  const output = await runIt();
  await close();
  return output;
}

const deletions = () => accepted(lab, "DeleteBlueGreenDeployment");
const request = () => ports.records.read<OperationRequest>(requestKey(REQUEST));
async function expectReleased(): Promise<void> {
  expect(await ports.records.read(blueKey((await request())?.blue ?? ""))).not.toHaveProperty("claim");
}

describe("a recreation", () => {
  it("deletes a degraded deployment with its green and creates it again from its own spec", async () => {
    const id = await ruined(lab);
    await confirm(id, ports);
    expect(await run()).toMatchObject({ outcome: "done" });
    const [deployment, ...others] = await ports.rds.deployments();
    expect(others).toEqual([]);
    expect(deployment).toMatchObject({
      name: "orders-15-0f9a2c41",
      status: "AVAILABLE",
      tags: { "bluegreen-guard:recreated-from": id, "bluegreen-guard:base": "orders-15" },
    });
    expect([deletions(), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
    expect(inWords(await request())).toMatchObject({
      outcome: { result: "done", text: expect.stringContaining("was created again as orders-15-0f9a2c41: green is ready.") },
    });
    await expectReleased();
  });

  it("turns off the deletion protection of green that its plan named", async () => {
    const id = await ruined(lab);
    const [before] = await ports.rds.deployments();
    lab.rds.change(before?.target?.split(":").at(-1) ?? "", { deletionProtection: true });
    await confirm(id, ports);
    expect(await run()).toMatchObject({ outcome: "done" });
    expect(accepted(lab, "ModifyDBCluster")).toBe(1);
    expect(accepted(lab, "ModifyDBInstance")).toBe(0);
  });

  it("changes nothing where the deployment has changed since the plan was confirmed", async () => {
    const id = await ruined(lab);
    await confirm(id, ports);
    const [before] = await ports.rds.deployments();
    lab.rds.change(before?.target?.split(":").at(-1) ?? "", { deletionProtection: true });
    expect(inWords(await run())).toEqual({
      outcome: "refused",
      text: expect.stringContaining("has changed since the plan was confirmed"),
    });
    expect(deletions()).toBe(0);
    await expectReleased();
  });

  it("deletes nothing where it could not be created again", async () => {
    const id = await ruined(lab);
    await confirm(id, ports);
    lab.rds.parameterGroups.remove("cluster", "green-15");
    expect(inWords(await run())).toEqual({ outcome: "refused", text: expect.stringMatching(/^It may not be created again: .*green-15/) });
    expect(deletions()).toBe(0);
  });

  it("deletes nothing where green was switched to between the plan and the deletion", async () => {
    const id = await ruined(lab);
    await confirm(id, ports);
    const late: RecreatePorts = {
      ...ports,
      rds: {
        ...ports.rds,
        async deployment(asked) {
          const deployment = await ports.rds.deployment(asked);
          const isDeletion = (await request())?.intent !== undefined;
          return deployment && isDeletion ? { ...deployment, status: "SWITCHOVER_COMPLETED" } : deployment;
        },
      },
    };
    expect(inWords(await run(late))).toEqual({ outcome: "refused", text: expect.stringContaining("SWITCHOVER_COMPLETED") });
    expect(deletions()).toBe(0);
  });

  it("leaves green's protection on where green was switched to between the plan and its first change", async () => {
    const id = await ruined(lab);
    const [before] = await ports.rds.deployments();
    lab.rds.change(before?.target?.split(":").at(-1) ?? "", { deletionProtection: true });
    await confirm(id, ports);
    const late: RecreatePorts = {
      ...ports,
      rds: {
        ...ports.rds,
        async deployment(asked) {
          const deployment = await ports.rds.deployment(asked);
          return deployment && (await request())?.intent ? { ...deployment, status: "SWITCHOVER_COMPLETED" } : deployment;
        },
      },
    };
    expect(inWords(await run(late))).toEqual({ outcome: "refused", text: expect.stringContaining("SWITCHOVER_COMPLETED") });
    expect([deletions(), accepted(lab, "ModifyDBCluster")]).toEqual([0, 0]);
  });

  it("changes nothing more where somebody cancelled it, and says who", async () => {
    const id = await ruined(lab);
    const [before] = await ports.rds.deployments();
    lab.rds.change(before?.target?.split(":").at(-1) ?? "", { deletionProtection: true });
    await confirm(id, ports);
    const cancelling: RecreatePorts = {
      ...ports,
      rds: {
        ...ports.rds,
        async preflight(question, principal) {
          const answers = await ports.rds.preflight(question, principal);
          const stored = await request();
          if (stored) await ports.records.write({ ...stored, cancelled: { by: { name: "somebody" }, at: "2024-02-05T06:00:00.000Z" } });
          return answers;
        },
      },
    };
    expect(inWords(await run(cancelling))).toEqual({
      outcome: "cancelled",
      text: "somebody cancelled it at 2024-02-05 06:00 UTC. The guard has changed nothing.",
    });
    expect([deletions(), accepted(lab, "ModifyDBCluster")]).toEqual([0, 0]);
    await expectReleased();
  });

  it("waits out throttling and lost connections", async () => {
    const id = await ruined(lab);
    await confirm(id, ports);
    lab.rds.faults.throttle({ times: 3, action: "DeleteBlueGreenDeployment" });
    lab.rds.faults.htmlPage({ times: 2, action: "CreateBlueGreenDeployment" });
    lab.rds.faults.serverError({ times: 1, action: "CreateBlueGreenDeployment", when: "after" });
    expect(await run()).toMatchObject({ outcome: "done", deployment: expect.stringMatching(/^bgd-/) });
    expect([deletions(), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
  });

  it("says that the creation failed, where it failed after the deletion", async () => {
    const id = await ruined(lab);
    await confirm(id, ports);
    lab.rds.faults.failCreation("of an incompatible parameter");
    expect(inWords(await run())).toEqual({
      outcome: "failed",
      deployment: expect.stringMatching(/^bgd-/),
      text: expect.stringMatching(/^The new deployment is INVALID_CONFIGURATION/),
    });
    expect(await request()).toMatchObject({ outcome: { result: "failed" }, intent: { create: { TargetEngineVersion: "15.5" } } });
    await expectReleased();
  });
});

it("a switchover that has begun meanwhile is not undone by a request of before", async () => {
  const id = await lab.clock.work(async () => {
    addCluster(lab, "orders");
    const created = await create(lab, "orders");
    await pass(lab, 60 * MINUTE);
    return created;
  });
  await confirm(id, ports);
  await lab.clock.work(() => lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id })));
  expect(await run()).toMatchObject({ outcome: "refused" });
  expect(deletions()).toBe(0);
});
