import { checkWords } from "../../plans/checks.ts";
import { toAskFor } from "../../plans/safe-to-delete.ts";
import { type Claim, quietWords, readBlue, whyNotByItself } from "../claim.ts";
import { FinalError } from "../final-error.ts";
import { isMissing, onceListed } from "../missing.ts";
import { whyNotByPolicy } from "../policy-now.ts";
import { viewOf } from "../read/view-of.ts";
import type { OperationNote, OperationRequest } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { notCancelled } from "../use-request.ts";
import { type Look, SOON_SECONDS } from "../waiting/look.ts";
import { whyGreenStays } from "./green-stays.ts";
import { planRecreationOf, viewToRecreate } from "./plan.ts";
import type { RecreatePorts } from "./ports.ts";

/** Why a person has to be asked; undefined if the policy can go on. Stores the plan's hash in the request. */
export async function consider(request: OperationRequest, requestId: string, ports: RecreatePorts): Promise<string | undefined> {
  const { records, automatic, now } = ports;
  const held = whyNotByItself(await readBlue(request.blue, records), automatic.maxRecreatesPerDay, now());
  return held ?? considerPlan(request, requestId, ports);
}

/**
 * Like `consider`, but without what happened on the database before; asked again right before it starts, since things may have changed.
 *
 * @throws FinalError if green may be production
 */
export async function considerPlan(request: OperationRequest, requestId: string, ports: RecreatePorts): Promise<string | undefined> {
  const { records } = ports;
  const { deploymentId } = request;
  await notCancelled(requestId, records);
  const view = await onceListed(requestId, deploymentId, () => viewToRecreate(deploymentId, ports), ports).catch(reasonToAsk);
  if (typeof view === "string") return view;
  const less = await whyNotByPolicy(view.deployment, ports.automatic, records);
  if (less !== undefined) throw new FinalError(`${less} The guard does not recreate by itself.`);
  const greenStays = await whyGreenStays(view, ports);
  // There is nothing for a person to decide.
  if (greenStays !== undefined) throw new FinalError(greenStays);
  if (toAskFor(view.deployment) === "SWITCHOVER_FAILED") return "A switchover of it has failed: then only a person may have green deleted.";
  const planned = await planRecreationOf(view, requestId, ports, request.asked).catch(reasonToAsk);
  if (typeof planned === "string") return planned;
  const { plan, stateHash } = planned;
  const doubts = plan.checks.filter(({ result }) => result === "fail" || result === "unknown");
  if (doubts.length > 0) return checkWords(doubts);
  if (plan.protectedGreens.length > 0) return "Green has deletion protection, which only a person may have turned off.";
  if (plan.verdict !== "clear") return "The plan needs a person's eyes.";
  const degradation = await ports.degradation(view.deployment);
  if (degradation.state === "unknown") return degradation.reason;
  if (degradation.state === "not-seen") return "DescribeEvents lists no event that says so: the degradation is not confirmed.";
  await amendRequest(records, requestId, (it) => (it.stateHash === stateHash ? it : { ...it, stateHash }));
  return undefined;
}

function reasonToAsk(error: unknown): string {
  if (error instanceof FinalError) return error.message;
  throw error;
}

/** Notes when there was no more DDL to be waited for: from then on RDS has 30 minutes to accept the first change. */
export async function noteSettled(requestId: string, { records, now }: RecreatePorts): Promise<void> {
  await amendRequest(records, requestId, (it) => (it.settledAt ? it : { ...it, settledAt: new Date(now()).toISOString() }));
}

/** Who held it, in a sentence; undefined if nobody did. */
export function whyCancelled({ cancelled }: Pick<OperationRequest, "cancelled">): string | undefined {
  return cancelled && `${cancelled.by} held it at ${cancelled.at}.`;
}

/** Whether no DDL has been seen for long enough; broken if a person stopped it or took over, if tag or setting ask for less, or if it is gone. */
export async function lookSettled(
  request: OperationRequest | undefined,
  requestId: string,
  announced: OperationNote | undefined,
  ports: RecreatePorts,
): Promise<Look> {
  if (!request) return { done: false, broken: "The request is not there any more." };
  const { records, rds, automatic, now } = ports;
  const announcedAt = Date.parse(announced?.at ?? "");
  const blue = await readBlue(request.blue, records);
  const { claim } = blue;
  const stopped = whyStopped(request, claim, announcedAt);
  if (stopped !== undefined) return { done: false, broken: stopped };
  // An earlier operation, such as the one whose new deployment is degraded again, has to end first.
  if (claim || quietWords(blue, now()) !== undefined) return { done: false };
  const view = await viewOf(request.deploymentId, rds);
  const gone = await isMissing(requestId, request.deploymentId, view === undefined, ports, { request });
  if (!view) {
    const words = `Deployment ${request.deploymentId} is gone: somebody has deleted it.`;
    return { done: false, within: SOON_SECONDS, broken: gone ? words : undefined };
  }
  const { deployment } = view;
  const less = await whyNotByPolicy(deployment, automatic, records);
  if (less !== undefined) return { done: false, broken: `${less} The guard does not recreate by itself.` };
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

function whyStopped(request: OperationRequest, claim: Claim | undefined, announcedAt: number): string | undefined {
  const cancelled = whyCancelled(request);
  if (cancelled !== undefined) return cancelled;
  if (!claim || Date.parse(claim.since) < announcedAt) return undefined;
  return `A ${claim.operation} that a person asked for is at work on this database (${claim.owner}).`;
}
