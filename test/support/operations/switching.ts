import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { LocalEngine } from "../../../local/engine/engine.ts";
import { openExecutionStore } from "../../../local/engine/store.ts";
import { switchoverPorts } from "../../../src/handlers/operation.ts";
import type { OperationOutput } from "../../../src/operations/end.ts";
import { newRequest } from "../../../src/operations/request.ts";
import { writeRequest } from "../../../src/operations/requests.ts";
import { planSwitchover } from "../../../src/operations/switchover/plan.ts";
import type { SwitchoverPorts } from "../../../src/operations/switchover/ports.ts";
import { createSwitchover } from "../../../src/operations/switchover/workflow.ts";
import { addCluster, create, MINUTE, pass } from "../handlers/sweeping.ts";
import type { TestLab } from "../lab/stage.ts";
import { portsOf, REQUEST } from "./recreating.ts";

/** The ports of a switchover over the lab's wire. */
export function switchoverPortsOf(lab: TestLab) {
  return switchoverPorts(portsOf(lab));
}

/** A deployment that is ready; answers its id. */
export function ready(lab: TestLab, cluster = "orders"): Promise<string> {
  return lab.clock.work(async () => {
    addCluster(lab, cluster);
    const id = await create(lab, cluster);
    await pass(lab, 60 * MINUTE);
    return id;
  });
}

/** A person sees the checklist and confirms it. */
export async function confirmSwitchover(
  deploymentId: string,
  ports: SwitchoverPorts,
  { timeoutSeconds = 300, requestId = REQUEST } = {},
): Promise<void> {
  const { asked } = await planSwitchover(deploymentId, timeoutSeconds, ports);
  const by = { requestedBy: { name: "oncall" }, via: "terminal" as const, approved: true };
  await writeRequest(ports.records, newRequest(requestId, { ...asked, ...by }, ports.now()));
}

/** Runs the switchover that was asked for on an engine of its own, `onBegun` with it; answers how it ended. */
export async function switchOver(
  lab: TestLab,
  ports: SwitchoverPorts,
  { requestId = REQUEST, onBegun }: { requestId?: string; onBegun?(): void } = {},
): Promise<OperationOutput> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-switchover-"));
  const store = await openExecutionStore(folder);
  const engine = new LocalEngine({ store, clock: lab.clock }).register("switchover", createSwitchover(ports));
  onTestFinished(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const { arn } = await engine.start("switchover", { requestId });
  onBegun?.();
  const execution = await engine.done(arn);
  if (execution.status !== "SUCCEEDED" || execution.result === undefined)
    throw new Error(`The execution is ${execution.status}: ${JSON.stringify(execution.error)}`);
  return JSON.parse(execution.result) as OperationOutput;
}
