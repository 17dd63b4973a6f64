import { VirtualClock } from "../../local/clock.ts";
import { LocalEngine } from "../../local/engine/engine.ts";
import type { Execution } from "../../local/engine/execution.ts";
import { logOnly } from "../../src/clients/telemetry.ts";
import { OPERATION_TELLS_MS, rdsAt } from "../../src/handlers/connect.ts";
import { createRecreateHandler, operationPorts } from "../../src/handlers/operation.ts";
import { proposeRecreation } from "../../src/operations/propose.ts";
import { newRequest } from "../../src/operations/request.ts";
import { writeRequest } from "../../src/operations/requests.ts";
import { createOperationTeller } from "../../src/telling/tell-operation.ts";
import { connectedTo } from "../connected.ts";
import type { Listen } from "../wire.ts";
import { Checkpoints } from "./checkpoints.ts";
import type { OpenRuinedPlayground } from "./playground.ts";

/** The recreate function with its durable engine, and a request that a person has confirmed. */
export interface RecreateGuard {
  checkpoints: Checkpoints;
  /** Runs the recreation to its end. @throws Error if it does not end as `done`. */
  recreate(): Promise<Execution>;
}

const REQUEST = "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10";

/** Connects the recreate function to the playground, and requests the recreation of its deployment. */
export async function connectRecreateGuard(playground: OpenRuinedPlayground, listen: Listen): Promise<RecreateGuard> {
  const clock = new VirtualClock(playground.now, playground.lead);
  const guard = connectedTo(playground, listen, (aws) => ({ rds: rdsAt(aws), time: clock, telemetry: logOnly() }));
  const dependencies = { ...guard, isRunning: async () => true, tellBudgetMs: OPERATION_TELLS_MS };
  const ports = { ...operationPorts(dependencies), tell: createOperationTeller(dependencies) };
  const { asked, refusal } = await clock.work(() => proposeRecreation(playground.deploymentId, REQUEST, ports));
  if (refusal !== undefined) throw new Error(`The recreation that is to be measured cannot be done: ${refusal}`);
  const by = { requestedBy: "oncall", via: "terminal" as const, approved: true };
  await writeRequest(ports.records, newRequest(REQUEST, { ...asked, ...by }, clock.now()));
  const checkpoints = new Checkpoints();
  const engine = new LocalEngine({ store: checkpoints, clock }).register("recreate", createRecreateHandler(dependencies));
  engine.onStatus(({ status }) => {
    // Otherwise the clock would go on to the execution's own timeout, seven days later.
    if (status !== "RUNNING") clock.stop();
  });
  return {
    checkpoints,
    async recreate() {
      const { arn } = await engine.start("recreate", { requestId: REQUEST });
      const execution = await engine.done(arn);
      await engine.close();
      const { status, result = "{}", error } = execution;
      if (status === "SUCCEEDED" && (JSON.parse(result) as { outcome?: string }).outcome === "done") return execution;
      throw new Error(`The recreation that is measured ended as ${status}: ${error?.ErrorMessage ?? result}`);
    },
  };
}
