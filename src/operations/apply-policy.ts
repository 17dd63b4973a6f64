import type { Bus } from "../clients/bus.ts";
import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import type { Time } from "../clients/time.ts";
import { degradedReport, latest } from "../facts/facts.ts";
import { type DeploymentRecord, deploymentIdOf } from "../facts/record.ts";
import { type OnDegraded, onDegradedOf } from "../plans/on-degraded.ts";
import { standingOf } from "../standing/standing.ts";
import { blueOf } from "./claim.ts";
import { policyRequestId } from "./policy-request.ts";
import { viewAt } from "./read/view-of.ts";
import { newRequest, type OperationRequest, requestKey } from "./request.ts";
import { writeRequest } from "./requests.ts";

/** What the guard does on its own, according to its settings. */
export interface Policy {
  onDegraded: OnDegraded;
  /** Whether a deployment's tag may ask for more than the setting does. */
  tagMayRaise: boolean;
  /** Whether there is a function that recreates. */
  operations: boolean;
}

/** False if no deployment is ever recreated automatically, whatever its tags say. */
export function mayRecreate({ operations, onDegraded, tagMayRaise }: Policy): boolean {
  return operations && (onDegraded === "recreate" || tagMayRaise);
}

/**
 * Requests the recreation of a degraded deployment if the policy says so: once in the deployment's life.
 *
 * The event is only the reason to ask: the workflow confirms the degradation, announces the recreation and waits. If a run dies before its
 * request is on the bus, the next run puts it there; a request that is started twice is carried out once.
 */
export async function applyPolicy(key: string, { rds, records, bus, time, ...policy }: PolicyDependencies): Promise<void> {
  const id = deploymentIdOf(key);
  if (!mayRecreate(policy) || id === undefined) return;
  const record = await records.read<DeploymentRecord>(key);
  if (!record || record.gone || !isRuined(record)) return;
  const requestId = policyRequestId(id);
  const stored = await records.read<OperationRequest>(requestKey(requestId));
  if (stored?.usedBy !== undefined || stored?.outcome !== undefined) return;
  if (!stored) {
    // What the last look forbids is asked of RDS at no sweep.
    if (record.seen && !standingOf({ view: record.seen, facts: record.facts, memory: record.memory }).mayDeleteGreen) return;
    const deployment = await rds.deployment(id);
    if (!deployment || onDegradedOf(deployment, policy) !== "recreate") return;
    const view = await viewAt(deployment, rds);
    if (!standingOf({ view, facts: record.facts, memory: record.memory }).mayDeleteGreen) return;
    const asked = {
      operation: "recreate" as const,
      deploymentId: id,
      deploymentName: deployment.name,
      blue: blueOf(view),
      requestedBy: "policy",
      via: "policy" as const,
      stateHash: "",
      approved: true,
    };
    await writeRequest(records, newRequest(requestId, asked, time.now()));
  } else if (time.now() >= Date.parse(stored.validUntil)) return;
  await bus.request("recreate", requestId);
}

/** What a recreation mends. Only an event that says degraded lets the policy delete; of everything else the workflow asks a person. */
function isRuined({ facts, seen, memory }: DeploymentRecord): boolean {
  if (latest(facts, "invalid-configuration") || degradedReport(facts, seen?.deployment.createTime)) return true;
  const state = seen && standingOf({ view: seen, facts, memory }).replication.state;
  return state === "degraded" || state === "terminated";
}

/** What applying the policy needs from the outside. */
export interface PolicyDependencies extends Policy {
  rds: Pick<Rds, "deployment" | "databases" | "endpoints">;
  records: Records;
  bus: Pick<Bus, "request">;
  time: Time;
}
