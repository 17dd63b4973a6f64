import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LocalEngine } from "../../../local/engine/engine.ts";
import { type ExecutionStore, openExecutionStore } from "../../../local/engine/store.ts";
import { operationPorts } from "../../../src/handlers/operation.ts";
import type { OperationOutput } from "../../../src/operations/end.ts";
import { planRecreation } from "../../../src/operations/recreate/plan.ts";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import { createRecreate } from "../../../src/operations/recreate/workflow.ts";
import { newRequest } from "../../../src/operations/request.ts";
import { writeRequest } from "../../../src/operations/requests.ts";
import type { AskedFields } from "../../../src/plans/spec/settled.ts";
import { connectedTo } from "../connected.ts";
import { addCluster, create, MINUTE, pass } from "../handlers/sweeping.ts";
import type { TestLab } from "../lab/stage.ts";

export const REQUEST = "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10";

/** The ports of a recreation over the lab's wire, and its records. */
export function portsOf(lab: TestLab) {
  const guard = connectedTo(lab);
  return { ...operationPorts(guard), automatic: { ...guard, onDegraded: "recreate" as const }, tell: async () => true };
}

/** A deployment that an ALTER TABLE has ruined. */
export async function ruined(lab: TestLab, cluster = "orders"): Promise<string> {
  return lab.clock.work(async () => {
    addCluster(lab, cluster);
    const id = await create(lab, cluster);
    await pass(lab, 60 * MINUTE);
    lab.rds.runDdl(cluster, "ALTER TABLE");
    await pass(lab, MINUTE);
    return id;
  });
}

/** A person sees the plan, made with the fields that they ask for, and confirms it. */
export async function confirm(deploymentId: string, ports: RecreatePorts, requestId = REQUEST, fields?: AskedFields): Promise<void> {
  const { view, stateHash } = await planRecreation(deploymentId, requestId, ports, fields);
  const blue = view.databases.find(({ arn }) => arn === view.deployment.source)?.resourceId ?? "";
  const asked = {
    operation: "recreate" as const,
    deploymentId,
    deploymentName: view.deployment.name,
    blue,
    requestedBy: { name: "oncall" },
    via: "terminal" as const,
    stateHash,
    approved: true,
    asked: fields,
  };
  await writeRequest(ports.records, newRequest(requestId, asked, ports.now()));
}

/** An engine with the workflow over the ports. */
export interface Engine {
  engine: LocalEngine;
  /** Starts the recreation that was asked for, or goes on with it, and answers how it ended. */
  run(onBegun?: () => void): Promise<OperationOutput>;
  close(): Promise<void>;
}

/** Opens an engine over `folder`, or one of its own; `within` may stand between it and its store. */
export async function openRecreateEngine(
  lab: TestLab,
  ports: RecreatePorts,
  { folder, within = (store) => store }: { folder?: string; within?(store: ExecutionStore): ExecutionStore } = {},
): Promise<Engine> {
  const own = folder ?? (await mkdtemp(join(tmpdir(), "bluegreen-guard-recreate-")));
  const opened = await openExecutionStore(own);
  const engine = new LocalEngine({ store: within(opened), clock: lab.clock }).register("recreate", createRecreate(ports));
  return {
    engine,
    async run(onBegun) {
      await engine.recover();
      const { arn } = await engine.start("recreate", { requestId: REQUEST }, "one");
      onBegun?.();
      const { status, result, error } = await engine.done(arn);
      if (status !== "SUCCEEDED" || result === undefined) throw new Error(`The execution is ${status}: ${JSON.stringify(error)}`);
      return JSON.parse(result) as OperationOutput;
    },
    async close() {
      await engine.close();
      await opened.close();
      if (folder === undefined) await rm(own, { recursive: true, force: true });
    },
  };
}

/** How often the lab accepted an action. */
export function accepted(lab: TestLab, action: string): number {
  return lab.rds.calls.filter((call) => call.action === action && call.outcome === "accepted").length;
}
