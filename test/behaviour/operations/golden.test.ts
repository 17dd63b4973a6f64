import { afterEach, beforeEach, it } from "vitest";
import { LocalEngine } from "../../../local/engine/engine.ts";
import type { Execution } from "../../../local/engine/execution.ts";
import { openExecutionStore } from "../../../local/engine/store.ts";
import type { OperationName } from "../../../src/operations/index.ts";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import { createRecreate } from "../../../src/operations/recreate/workflow.ts";
import { newRequest, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { resumeRequest, writeRequest } from "../../../src/operations/requests.ts";
import { createSwitchover } from "../../../src/operations/switchover/workflow.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { temporaryFolder } from "../../support/local/engine.ts";
import { confirm, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchoverPortsOf } from "../../support/operations/switching.ts";
import { expectGolden } from "./golden.ts";

let lab: TestLab;
let ports: RecreatePorts & ReturnType<typeof portsOf>;
let engine: LocalEngine;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
  lab.rds.hasten(20);
  ports = { ...portsOf(lab), principal: "arn:aws:iam::123456789012:role/bluegreen-guard-recreate" };
  engine = new LocalEngine({ store: await openExecutionStore(await temporaryFolder()), clock: lab.clock });
  engine.register("recreate", createRecreate(ports)).register("switchover", createSwitchover(switchoverPortsOf(lab)));
});
afterEach(async () => {
  await engine.close();
  await lab.close();
});

async function run(operation: OperationName = "recreate"): Promise<Execution> {
  const { arn } = await engine.start(operation, { requestId: REQUEST }, "one");
  return engine.done(arn);
}

it("the operations of a person's recreation are those that executions under way were started with", async () => {
  await confirm(await ruined(lab), ports);
  await expectGolden(await run(), "person");
});

it("so are those that turn off deletion protection of green", async () => {
  const id = await ruined(lab);
  const [before] = await ports.rds.deployments();
  lab.rds.change(before?.target?.split(":").at(-1) ?? "", { deletionProtection: true });
  await confirm(id, ports);
  await expectGolden(await run(), "protected");
});

it("so are the policy's", async () => {
  const id = await ruined(lab);
  await confirm(id, ports, REQUEST);
  const asked = (await ports.records.read<OperationRequest>(requestKey(REQUEST))) as OperationRequest;
  await ports.records.write({ ...asked, via: "policy", stateHash: "" });
  await expectGolden(await run(), "policy");
});

it("so are those of one that was refused", async () => {
  await writeRequest(ports.records, { ...newRequest(REQUEST, ASKED, lab.clock.now()), approved: false });
  await expectGolden(await run(), "refused");
});

it("so are those of one that goes on after it had failed", async () => {
  await confirm(await ruined(lab), ports);
  const { create } = ports.rds;
  ports.rds.create = () => Promise.reject(Object.assign(new Error("No."), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } }));
  await run();
  ports.rds.create = create;
  // Time stands still between the two: nothing waits for a moment of before.
  const { arn } = await lab.clock.work(async () => {
    await resumeRequest(ports.records, REQUEST, { name: "oncall" }, lab.clock.now());
    return engine.start("recreate", { requestId: REQUEST }, "two");
  });
  await expectGolden(await engine.done(arn), "resumed");
});

it("so are those of a switchover, whether RDS completes or cancels it", async () => {
  await confirmSwitchover(await ready(lab), switchoverPortsOf(lab));
  lab.rds.faults.cancelSwitchover("long-running active writes on orders");
  await expectGolden(await run("switchover"), "asked");
});

it("so are those of a switchover that was refused", async () => {
  await writeRequest(ports.records, { ...newRequest(REQUEST, { ...ASKED, operation: "switchover" }, lab.clock.now()), approved: false });
  await expectGolden(await run("switchover"), "refused");
});

const ASKED = {
  operation: "recreate" as const,
  deploymentId: "bgd-hy5ntvomddiv89r8",
  deploymentName: "blue-green",
  blue: "cluster-ABC",
  requestedBy: { name: "oncall" },
  via: "terminal" as const,
  stateHash: "0",
  approved: true,
};
