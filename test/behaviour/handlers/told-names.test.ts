import { SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { expect, it, onTestFinished } from "vitest";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { type DeploymentRecord, deploymentKey } from "../../../src/facts/record.ts";
import { createReleaseHandler } from "../../../src/handlers/release.ts";
import { viewOf } from "../../../src/operations/read/view-of.ts";
import { amendRequest } from "../../../src/operations/requests.ts";
import { connectedTo } from "../../support/connected.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab } from "../../support/lab/stage.ts";
import { REQUEST } from "../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchoverPortsOf } from "../../support/operations/switching.ts";

it("names that changed hands are kept from the first answer that shows them, also where the next one is older", async () => {
  const lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  const id = await ready(lab);
  await lab.clock.work(() => lab.sweep());
  await confirmSwitchover(id, switchoverPortsOf(lab));
  const arn = "arn:aws:lambda:ap-northeast-1:123456789012:function:switchover:1/durable-execution/one/1";
  // It ended by an event, and died before it told so.
  const at = new Date(lab.clock.now()).toISOString();
  const outcome = { result: "done" as const, said: { code: "switched-over", deployment: { id, name: "orders-15" } } as const, at };
  await amendRequest(lab.records, REQUEST, (it) => ({ ...it, usedBy: arn, attemptedAt: at, outcome, endUntold: true }));
  const guard = connectedTo(lab);
  const old = await lab.clock.work(async () => {
    await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
    return viewOf(id, guard.rds);
  });
  await lab.clock.work(() => pass(lab, 10 * MINUTE));

  let answers: (Deployment | undefined)[] = [await guard.rds.deployment(id)];
  const deployment = async () => {
    const [next = old?.deployment, ...rest] = answers;
    answers = rest;
    return next;
  };
  const databases = async () => [...(old?.databases ?? [])];
  const executions = { read: async () => ({ arn, status: "FAILED" as const, input: JSON.stringify({ requestId: REQUEST }) }) };
  const release = createReleaseHandler({ ...guard, rds: { ...guard.rds, deployment, databases }, executions: executions as never });
  await lab.clock.work(() => release({ detail: { durableExecutionArn: arn, status: "FAILED" } }));

  expect([old?.deployment.status, answers]).toEqual(["SWITCHOVER_IN_PROGRESS", []]);
  const record = await lab.records.read<DeploymentRecord>(deploymentKey(id));
  expect(record?.memory?.switched).toContain("cluster:orders");
  expect(JSON.stringify(lab.slack.messages)).not.toContain("rolls everything back");
});
