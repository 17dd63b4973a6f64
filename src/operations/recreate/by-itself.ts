import { toAskFor } from "../../plans/safe-to-delete.ts";
import { type Claim, quietOn, readBlue, whyNotByItself } from "../claim.ts";
import { FinalError } from "../final-error.ts";
import { isMissing, onceListed } from "../missing.ts";
import { whyNotByPolicy } from "../policy-now.ts";
import { viewOf } from "../read/view-of.ts";
import type { OperationNote, OperationRequest } from "../request.ts";
import { amendRequest } from "../requests.ts";
import type { Reason } from "../says/reasons.ts";
import { notCancelled } from "../use-request.ts";
import { type Look, SOON_SECONDS } from "../waiting/look.ts";
import { whyGreenStays } from "./green-stays.ts";
import { planRecreationOf, viewToRecreate } from "./plan.ts";
import type { RecreatePorts } from "./ports.ts";

/** Why a person has to be asked; undefined if the policy can go on. Stores the plan's hash in the request. */
export async function consider(request: OperationRequest, requestId: string, ports: RecreatePorts): Promise<Reason | undefined> {
  const { records, automatic, now } = ports;
  const held = whyNotByItself(await readBlue(request.blue, records), automatic.maxRecreatesPerDay, now());
  return held ?? considerPlan(request, requestId, ports);
}

/**
 * Like `consider`, but without what happened on the database before; asked again right before it starts, since things may have changed.
 *
 * @throws FinalError if green may be production
 */
export async function considerPlan(request: OperationRequest, requestId: string, ports: RecreatePorts): Promise<Reason | undefined> {
  const { records } = ports;
  const { deploymentId } = request;
  await notCancelled(requestId, records);
  const view = await onceListed(requestId, deploymentId, () => viewToRecreate(deploymentId, ports), ports).catch(reasonToAsk);
  if ("code" in view) return view;
  const less = await whyNotByPolicy(view.deployment, ports.automatic, records);
  if (less !== undefined) throw new FinalError(less);
  const greenStays = await whyGreenStays(view, ports);
  // There is nothing for a person to decide.
  if (greenStays !== undefined) throw new FinalError(greenStays);
  if (toAskFor(view.deployment) === "SWITCHOVER_FAILED") return { code: "switchover-has-failed" };
  const planned = await planRecreationOf(view, requestId, ports, request.asked).catch(reasonToAsk);
  if ("code" in planned) return planned;
  const { plan, stateHash } = planned;
  const doubts = plan.checks.filter(({ result }) => result === "fail" || result === "unknown");
  if (doubts.length > 0) return { code: "checks", checks: doubts };
  if (plan.protectedGreens.length > 0) return { code: "green-is-protected" };
  if (plan.verdict !== "clear") return { code: "plan-needs-a-person" };
  const degradation = await ports.degradation(view.deployment);
  if (degradation.state === "unknown") return { code: "too-old-to-confirm", id: deploymentId };
  if (degradation.state === "not-seen") return { code: "degradation-not-listed" };
  await amendRequest(records, requestId, (it) => (it.stateHash === stateHash ? it : { ...it, stateHash }));
  return undefined;
}

function reasonToAsk(error: unknown): Reason {
  if (error instanceof FinalError) return error.reason;
  throw error;
}

/** Notes when there was no more DDL to be waited for: from then on RDS has 30 minutes to accept the first change. */
export async function noteSettled(requestId: string, { records, now }: RecreatePorts): Promise<void> {
  await amendRequest(records, requestId, (it) => (it.settledAt ? it : { ...it, settledAt: new Date(now()).toISOString() }));
}

/** Who held it; undefined if nobody did. */
export function whyCancelled({ cancelled }: Pick<OperationRequest, "cancelled">): Reason | undefined {
  return cancelled && { code: "held", ...cancelled };
}

/** Whether no DDL has been seen for long enough; broken if a person stopped it or took over, if tag or setting ask for less, or if it is gone. */
export async function lookSettled(
  request: OperationRequest | undefined,
  requestId: string,
  announced: OperationNote | undefined,
  ports: RecreatePorts,
): Promise<Look> {
  if (!request) return { done: false, broken: { code: "request-lost" } };
  const { records, rds, automatic, now } = ports;
  const announcedAt = Date.parse(announced?.at ?? "");
  const blue = await readBlue(request.blue, records);
  const { claim } = blue;
  const stopped = whyStopped(request, claim, announcedAt);
  if (stopped !== undefined) return { done: false, broken: stopped };
  // An earlier operation, such as the one whose new deployment is degraded again, has to end first.
  if (claim || quietOn(blue, now()) !== undefined) return { done: false };
  const view = await viewOf(request.deploymentId, rds);
  const gone = await isMissing(requestId, request.deploymentId, view === undefined, ports, { request });
  if (!view) return { done: false, within: SOON_SECONDS, broken: gone ? { code: "gone", id: request.deploymentId } : undefined };
  const { deployment } = view;
  const less = await whyNotByPolicy(deployment, automatic, records);
  if (less !== undefined) return { done: false, broken: less };
  const greenStays = await whyGreenStays(view, ports);
  if (greenStays !== undefined) return { done: false, broken: greenStays };
  // Only a person may ask to delete a deployment that is still being built.
  if (deployment.status === "PROVISIONING") return { done: false };
  const degradation = await ports.degradation(deployment);
  const lastAt = degradation.state === "degraded" ? Date.parse(degradation.lastAt) : 0;
  const quietSince = Math.max(lastAt, announcedAt);
  const left = quietSince + automatic.settleMinutes * 60_000 - now();
  return { done: left <= 0, within: Math.ceil(left / 1_000) };
}

function whyStopped(request: OperationRequest, claim: Claim | undefined, announcedAt: number): Reason | undefined {
  const cancelled = whyCancelled(request);
  if (cancelled !== undefined) return cancelled;
  if (!claim || Date.parse(claim.since) < announcedAt) return undefined;
  return { code: "person-at-work", operation: claim.operation, owner: claim.owner };
}
