import type { Bus } from "../clients/bus.ts";
import type { Rds } from "../clients/rds/rds.ts";
import type { Records } from "../clients/records.ts";
import type { Time } from "../clients/time.ts";
import type { DeploymentView } from "../deployments/deployment.ts";
import { degradedReport, latest, type Report, withReport } from "../facts/facts.ts";
import { type DeploymentRecord, deploymentIdOf, deploymentKey } from "../facts/record.ts";
import { onDegradedOf } from "../plans/on-degraded.ts";
import type { Meaning } from "../rules/rule.ts";
import { standingOf } from "../standing/standing.ts";
import { amendRecord } from "./amend-record.ts";
import { blueOf } from "./claim.ts";
import { writeNote } from "./notes.ts";
import { type PolicySettings, policyRequestId } from "./policy-now.ts";
import { viewAt } from "./read/view-of.ts";
import { type Asked, hasLapsed, newRequest, type OperationRequest, requestKey, validFrom } from "./request.ts";
import { amendRequest, writeRequest } from "./requests.ts";
import { POLICY } from "./says/asker.ts";
import type { Reason } from "./says/reasons.ts";
import { OPERATION_MEANINGS, signalOfStep } from "./signals.ts";

/** What the guard does on its own, according to its settings. */
export interface Policy extends PolicySettings {
  /** Whether there is a function that recreates. */
  operations: boolean;
}

/** False if no deployment is ever recreated automatically, whatever its tags say. */
export function mayRecreate({ operations, onDegraded, tagMayRaise }: Policy): boolean {
  return operations && (onDegraded === "recreate" || tagMayRaise);
}

/**
 * Requests the recreation of a degraded deployment if the policy says so: once in the deployment's life, and again if it never began.
 *
 * The event is only the reason to ask: the workflow confirms the degradation, announces the recreation and waits. If a run dies before its
 * request is on the bus, the next run puts it there; a request that is started twice is carried out once. Returns the request that is being
 * carried out, if one is.
 */
export async function applyPolicy(
  key: string,
  { rds, records, bus, time, ...policy }: PolicyDependencies,
): Promise<OperationRequest | undefined> {
  const id = deploymentIdOf(key);
  if (!mayRecreate(policy) || id === undefined) return undefined;
  const record = await records.read<DeploymentRecord>(key);
  if (!record || record.gone || !isRuined(record)) return undefined;
  const requestId = policyRequestId(id);
  const stored = await records.read<OperationRequest>(requestKey(requestId));
  if (stored?.usedBy !== undefined || stored?.outcome !== undefined) return stored;
  const isLate = stored !== undefined && hasLapsed(stored, time.now());
  if (!stored || isLate) {
    // What the last look forbids is asked of RDS at no sweep.
    if (record.seen && !standingOf({ view: record.seen, facts: record.facts, memory: record.memory }).mayDeleteGreen) return undefined;
    const deployment = await rds.deployment(id);
    if (!deployment || onDegradedOf(deployment, policy) !== "recreate") return undefined;
    const view = await viewAt(deployment, rds);
    const blue = blueOf(view);
    // RDS did not show blue: the next look asks again.
    if (blue === undefined) return undefined;
    if (!standingOf({ view, facts: record.facts, memory: record.memory }).mayDeleteGreen) return undefined;
    if (isLate) await askAgain(key, requestId, { records, time });
    else await writeRequest(records, newRequest(requestId, askedOf(view, blue), time.now()));
  }
  await bus.request("recreate", requestId);
  return undefined;
}

/**
 * Why the policy does not ask again for the recreation, which nothing has begun in time; undefined if it does, or if that is not certain.
 * @throws what the clients throw
 */
export async function whyNotAgain(
  { deploymentId }: OperationRequest,
  { rds, records, ...policy }: PolicySettings & Pick<PolicyDependencies, "rds" | "records">,
): Promise<Reason | undefined> {
  const record = await records.read<DeploymentRecord>(deploymentKey(deploymentId));
  if (!record?.seen) return undefined;
  const deployment = await rds.deployment(deploymentId);
  if (!deployment) return record.gone ? { code: "policy-finds-it-gone" } : undefined;
  const applies = onDegradedOf(deployment, policy);
  if (applies !== "recreate") return { code: "policy-asks-for-less", applies };
  if (!isRuined(record)) return { code: "policy-finds-it-mended" };
  const { mayDeleteGreen } = standingOf({ view: record.seen, facts: record.facts, memory: record.memory });
  return mayDeleteGreen ? undefined : { code: "policy-finds-production-unknown" };
}

const askedOf = (view: DeploymentView, blue: string): Asked => ({
  operation: "recreate",
  deploymentId: view.deployment.id,
  deploymentName: view.deployment.name,
  blue,
  requestedBy: POLICY,
  via: "policy",
  stateHash: "",
  approved: true,
});

/** Has the request, which nothing has begun in time, valid once more, and tells so once. */
async function askAgain(key: string, requestId: string, { records, time }: Pick<PolicyDependencies, "records" | "time">): Promise<void> {
  const now = () => time.now();
  const { validUntil } = await amendRequest(records, requestId, (it) => it);
  const { note } = await writeNote(requestId, "late", { code: "late", validUntil }, { records, now });
  const delivery = `operation|${requestId}|${note.run}|late`;
  const reading = { operation: { name: "recreate", requestId } };
  const report: Report = {
    delivery,
    source: "operation",
    signal: LATE.id,
    at: note.at,
    sourceIdentifier: deploymentIdOf(key) ?? "",
    message: "",
    said: note.said,
    reading,
  };
  await amendRecord(records, key, (record) => {
    const facts = withReport(record.facts, LATE, report, record.dropped);
    return facts === record.facts ? record : { ...record, facts, sees: undefined };
  });
  await amendRequest(records, requestId, (it) => (hasLapsed(it, now()) ? { ...it, validUntil: validFrom(now()) } : it));
}

const LATE: Meaning = OPERATION_MEANINGS.find(({ id }) => id === signalOfStep("recreate", "late")) as Meaning;

/** What a recreation mends. Only an event that says degraded lets the policy delete; of everything else the workflow asks a person. */
export function isRuined({ facts, seen, memory }: DeploymentRecord): boolean {
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
