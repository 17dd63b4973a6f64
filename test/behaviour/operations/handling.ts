import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { deliveriesIn } from "../../../local/deliveries-in-records.ts";
import { LocalEngine } from "../../../local/engine/engine.ts";
import type { Execution } from "../../../local/engine/execution.ts";
import { openExecutionStore } from "../../../local/engine/store.ts";
import { lambdaContext } from "../../../local/queue/lambda-context.ts";
import { createBus } from "../../../src/clients/bus.ts";
import { createSlack } from "../../../src/clients/slack/slack.ts";
import { logOnly } from "../../../src/clients/telemetry.ts";
import { createRecreateHandler, type RecreateDependencies } from "../../../src/handlers/recreate.ts";
import { createReleaseHandler, type StatusChangeEvent } from "../../../src/handlers/release.ts";
import type { OperationOutput } from "../../../src/operations/end.ts";
import { DEFAULTS } from "../../../src/settings/settings.ts";
import type { TestLab } from "../../support/lab/stage.ts";
import { portsOf, REQUEST } from "../../support/operations/recreating.ts";

/** The recreate and release functions over the lab's wire, and the engine that runs them. */
export interface Functions {
  engine: LocalEngine;
  /** Starts the request's recreation; answers its execution. */
  begin(requestId?: string): Promise<Execution>;
  /** How the execution ended; fails where that is not by itself. */
  output(execution: Execution): Promise<OperationOutput>;
  /** What Lambda does with an event about an execution. */
  release(event: StatusChangeEvent): Promise<void>;
}

/** Opens the functions as production has them, but for what is `changed`; they end with the test. */
export async function openFunctions(
  lab: TestLab,
  changed: Partial<RecreateDependencies> = {},
  executionTimeoutMs?: number,
): Promise<Functions> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-functions-"));
  const store = await openExecutionStore(folder);
  const engine = new LocalEngine({ store, clock: lab.clock, executionTimeoutMs });
  const aws = { endpoint: lab.url, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const { rds, records } = portsOf(lab);
  const write = (message: string, details: Record<string, unknown>) => void lab.logged.push({ message, details });
  const dependencies: RecreateDependencies = {
    rds: rds as RecreateDependencies["rds"],
    records,
    deliveries: deliveriesIn(records, () => lab.clock.now()),
    bus: createBus("bluegreen-guard", aws),
    slack: createSlack({ token: "xoxb-lab", channel: lab.slack.channels[0]?.id ?? "", apiUrl: `${lab.url}/slack/api/` }),
    executions: { read: async (arn) => engine.get(arn) },
    time: lab.clock,
    telemetry: logOnly({ info: write, error: write }),
    holdMs: 60_000,
    tellBudgetMs: 30_000,
    stuckAfterHours: DEFAULTS.stuckAfterHours,
    automatic: DEFAULTS,
    ...changed,
  };
  engine.register("recreate", createRecreateHandler(dependencies));
  const release = createReleaseHandler(dependencies);
  onTestFinished(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  return {
    engine,
    begin: (requestId = REQUEST) => engine.start("recreate", { requestId }),
    async output({ arn }) {
      const { status, result, error } = await engine.done(arn);
      if (status !== "SUCCEEDED" || result === undefined) throw new Error(`The execution is ${status}: ${JSON.stringify(error)}`);
      return JSON.parse(result) as OperationOutput;
    },
    release: (event) => release(event, lambdaContext({ name: "bluegreen-guard-release", timeoutSeconds: 60, now: Date.now })),
  };
}
