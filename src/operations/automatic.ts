import type { Check } from "../deployments/checks.ts";
import { type BlueItem, readBlue, whyNotByItself } from "./claim.ts";
import type { Look } from "./polling.ts";
import type { RecreatePorts } from "./recreate-ports.ts";
import { planRecreation } from "./recreate-steps.ts";
import type { OperationNote, OperationRequest } from "./request.ts";
import { requestKey } from "./request.ts";
import { amendRequest } from "./requests.ts";

/** Why a person has to be asked, and nothing where the policy may go on; what it goes on with is written down in the request. */
export async function consider(request: OperationRequest, requestId: string, ports: RecreatePorts): Promise<string | undefined> {
  const { records, automatic, now } = ports;
  const held = whyNotByItself(await readBlue(request.blue, records), automatic.maxRecreatesPerDay, now());
  if (held !== undefined) return held;
  const { view, plan, stateHash } = await planRecreation(request.deploymentId, requestId, ports);
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

/** What checks found, in one line. */
export const checkWords = (checks: readonly Check[]): string =>
  checks.map(({ reason, remedy }) => (remedy ? `${reason} ${remedy}` : reason)).join(" ");

/** Whether no DDL was seen for long enough; broken where a person has stopped it or has taken it into his own hands. */
export async function lookSettled(
  request: OperationRequest,
  requestId: string,
  announced: OperationNote | undefined,
  ports: RecreatePorts,
): Promise<Look> {
  const { records, rds, automatic, now } = ports;
  const stopped = whyStopped(await records.read<OperationRequest>(requestKey(requestId)), await readBlue(request.blue, records));
  if (stopped !== undefined) return { done: false, broken: stopped };
  const deployment = await rds.deployment(request.deploymentId);
  if (!deployment) return { done: false, broken: `Deployment ${request.deploymentId} is gone: somebody has deleted it.` };
  const degradation = await ports.degradation(deployment);
  const lastAt = degradation.state === "degraded" ? Date.parse(degradation.lastAt) : 0;
  const quietSince = Math.max(lastAt, Date.parse(announced?.at ?? ""));
  return { done: now() - quietSince >= automatic.settleMinutes * 60_000 };
}

function whyStopped(request: OperationRequest | undefined, { claim }: BlueItem): string | undefined {
  if (!request) return "The request is not there any more.";
  if (request.cancelled) return `${request.cancelled.by} held it at ${request.cancelled.at}.`;
  return claim && `A ${claim.operation} that a person asked for is at work on this database (${claim.owner}).`;
}
