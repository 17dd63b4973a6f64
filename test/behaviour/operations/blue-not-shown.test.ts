import { beforeEach, expect, it, onTestFinished } from "vitest";
import { deploymentKey } from "../../../src/facts/record.ts";
import { applyPolicy } from "../../../src/operations/apply-policy.ts";
import { NO_RESOURCE_ID } from "../../../src/operations/claim.ts";
import { policyRequestId } from "../../../src/operations/policy-now.ts";
import { requestKey } from "../../../src/operations/request.ts";
import { planSwitchover } from "../../../src/operations/switchover/plan.ts";
import { connectedTo } from "../../support/connected.ts";
import { MINUTE, sweepFor } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { ruined } from "../../support/operations/recreating.ts";
import { ready, switchoverPortsOf } from "../../support/operations/switching.ts";

// RDS promises no consistency between its calls: DescribeDBClusters may once list nothing. Two claims on one database were the result.
let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
});

it("a switchover is not planned while RDS does not show blue, whose resource id the claim is on", async () => {
  const id = await ready(lab);
  const ports = switchoverPortsOf(lab);
  const blind = { ...ports, rds: { ...ports.rds, databases: async () => [] } };
  expect((await planSwitchover(id, 300, blind)).failed).toContainEqual(
    expect.objectContaining({ found: { code: "database-claimed", claimed: NO_RESOURCE_ID } }),
  );
  expect((await planSwitchover(id, 300, ports)).asked.blue).toMatch(/^cluster-/);
});

it("the policy asks for nothing while RDS does not show blue, and asks with its resource id once RDS does", async () => {
  const id = await ruined(lab);
  await lab.clock.work(() => sweepFor(lab, 10 * MINUTE));
  const asked: string[] = [];
  const guard = connectedTo(lab);
  const policy = { ...guard, onDegraded: "recreate" as const, tagMayRaise: false, operations: true };
  const bus = { request: async (_operation: string, requestId: string) => void asked.push(requestId) };
  await applyPolicy(deploymentKey(id), { ...policy, bus, rds: { ...guard.rds, databases: async () => [] } });
  expect([asked, await lab.records.read(requestKey(policyRequestId(id)))]).toEqual([[], undefined]);
  await applyPolicy(deploymentKey(id), { ...policy, bus });
  expect(asked).toEqual([policyRequestId(id)]);
  expect(await lab.records.read(requestKey(policyRequestId(id)))).toMatchObject({ blue: expect.stringMatching(/^cluster-/) });
});
