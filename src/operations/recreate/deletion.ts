import { isRefusal, isTransient, wasNotTaken } from "../../clients/transient.ts";
import { isGreenName, type RdsName, rdsName } from "../../deployments/arn.ts";
import type { Database, Deployment, DeploymentView } from "../../deployments/deployment.ts";
import { type DeploymentRecord, deploymentKey } from "../../facts/record.ts";
import { safeToDelete } from "../../plans/safe-to-delete.ts";
import { FinalError } from "../final-error.ts";
import { requireInTime } from "../in-time.ts";
import { isMissing } from "../missing.ts";
import { whyNotByPolicy } from "../policy-now.ts";
import { type Look, NotSureYetError } from "../polling.ts";
import { readStanding } from "../read/standing-of.ts";
import { viewOf } from "../read/view-of.ts";
import { type OperationRequest, type RecreateIntent, requestKey } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { beginChange, mayGoOn } from "../use-request.ts";
import type { RecreatePorts } from "./ports.ts";

/** Turns off the deletion protection of one green database that the confirmed plan names, while RDS's current answer allows its deletion. */
export async function unprotect(
  { blue }: OperationRequest,
  requestId: string,
  execution: string,
  green: RdsName,
  intent: RecreateIntent,
  ports: RecreatePorts,
): Promise<void> {
  const { rds, records, now } = ports;
  await mayGoOn(requestId, blue, execution, records);
  if (!isGreenName(green.name))
    throw new FinalError(`${green.name} is not named -green- and six letters or digits: its protection stays on.`);
  const before = await amendRequest(records, requestId, (it) => it);
  requireInTime(before, now());
  // Since the plan somebody may have switched over, or renamed: the name is another database's then.
  if ((await decide(before, requestId, intent, ports)).verdict === "done") return;
  const unprotectBegunAt = before.unprotectBegunAt ?? new Date(now()).toISOString();
  await beginChange(requestId, (it) => ({ ...it, unprotectBegunAt }), records);
  try {
    await rds.unprotect(green);
  } catch (error) {
    if (error instanceof Error && wasNotTaken(error))
      await amendRequest(records, requestId, (it) => ({ ...it, unprotectBegunAt: before.unprotectBegunAt }));
    throw error instanceof Error && isRefusal(error) ? new FinalError(`RDS refused to turn off its protection: ${error.message}`) : error;
  }
}

/** Deletes the deployment with everything green, if RDS's current answer allows it; what RDS refuses is not tried again. */
export async function deleteGreen(requestId: string, execution: string, intent: RecreateIntent, ports: RecreatePorts): Promise<void> {
  const { records, now } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request) throw new FinalError(`The request ${requestId} is not there any more.`);
  await mayGoOn(requestId, request.blue, execution, records);
  requireInTime(request, now());
  const { verdict, view } = await decide(request, requestId, intent, ports);
  if (verdict === "delete") {
    if (request.via === "policy" && view) await requirePolicy(view.deployment, ports);
    await callOnce(request, requestId, ports);
  }
  await amendRequest(records, requestId, (it) => ({ ...it, deletedAt: it.deletedAt ?? new Date(now()).toISOString() }));
}

/** Reads the deployment, and whether it may be deleted with green. @throws FinalError if it may not */
async function decide(
  request: OperationRequest,
  requestId: string,
  intent: RecreateIntent,
  ports: RecreatePorts,
): Promise<{ verdict: "delete" | "done"; view: DeploymentView | undefined }> {
  const { rds, records, now } = ports;
  const { deploymentId, askedFor } = request;
  const view = await viewOf(deploymentId, rds);
  if (!(await isMissing(requestId, deploymentId, view === undefined, ports)) && !view)
    throw new NotSureYetError(`RDS does not list deployment ${deploymentId}: it is looked at again.`);
  const blue = { arn: intent.source, resourceId: intent.resourceId };
  const record = await records.read<DeploymentRecord>(deploymentKey(deploymentId));
  const standing = view && (await readStanding({ view, record }, records, now()));
  const production = standing?.production ?? "unknown";
  const intended = request.deletionBegunAt !== undefined;
  const deletion = safeToDelete(view, { deploymentId, blue, production, askedFor, intended });
  if (deletion.verdict === "refuse") throw new FinalError(deletion.reason);
  return { verdict: deletion.verdict, view };
}

/** Reads tag and setting once more, right before the deletion. @throws FinalError if they ask for less by now */
async function requirePolicy(deployment: Deployment, { automatic, records }: RecreatePorts): Promise<void> {
  const reason = await whyNotByPolicy(deployment, automatic, records);
  if (reason !== undefined) throw new FinalError(`${reason} The guard does not recreate by itself.`);
}

/** How long RDS may take to show that it accepted a call whose answer was lost. */
const SHOWS_WITHIN_MS = 120_000;

async function callOnce(request: OperationRequest, requestId: string, { rds, records, now }: RecreatePorts): Promise<void> {
  const { deploymentId, deletionBegunAt, deletionRefused } = request;
  const at = new Date(now()).toISOString();
  if (deletionRefused) {
    if (!deletionRefused.unsure || now() - Date.parse(deletionRefused.at) >= SHOWS_WITHIN_MS) throw new FinalError(deletionRefused.text);
    throw new NotSureYetError("RDS refused the deletion, though it may have taken an earlier call: it is looked at again.");
  }
  await beginChange(requestId, (it) => ({ ...it, deletionBegunAt: it.deletionBegunAt ?? at }), records);
  try {
    await rds.deleteWithGreen(deploymentId);
  } catch (error) {
    // Of a lost answer the next look shows what came.
    if (!(error instanceof Error) || !wasNotTaken(error)) throw error;
    const text = error.message;
    const refused = isTransient(error) ? { deletionBegunAt } : { deletionRefused: { text, at, unsure: deletionBegunAt !== undefined } };
    await amendRequest(records, requestId, (it) => ({ ...it, ...refused }));
    if (isTransient(error)) throw error;
    throw deletionBegunAt === undefined ? new FinalError(text) : new NotSureYetError(text);
  }
}

/** How long green must stay, with nothing of it being deleted, after its deployment has gone: longer than any pause of RDS between two of its deletions. */
const STAYS_AFTER_MS = 5 * 60_000;

/** Whether neither the deployment nor anything green is left; broken if a person gave up waiting, or if green stays. */
export async function lookGone(requestId: string, { greens }: RecreateIntent, ports: RecreatePorts): Promise<Look> {
  const { rds, records } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  const id = request?.deploymentId ?? "";
  if (request?.cancelled)
    return { done: false, broken: `${request.cancelled.by} gave up waiting for the deletion, which RDS goes on with.` };
  const deployment = await rds.deployment(id);
  const pairs = greens.map((target) => ({ target }));
  const asked: Deployment = { id, name: "", status: "", source: greens[0] ?? "", members: pairs, tasks: [], tags: {} };
  const left = await rds.databases([asked]);
  const stays = deployment === undefined && left.length > 0 && !left.some(isBeingDeleted);
  if (await isMissing(requestId, "the deletion of green", stays, ports, STAYS_AFTER_MS)) {
    await amendRequest(records, requestId, (it) => ({ ...it, greenStays: true }));
    const names = left.map(({ arn }) => rdsName(arn).name).join(", ");
    const words = `The deployment is gone, and green stays: ${names}. Somebody has deleted the deployment without green.`;
    return { done: false, broken: `${words} Delete or rename what is left of green if nobody needs it.` };
  }
  const isGone = deployment === undefined && left.length === 0;
  const wasMissing = await isMissing(requestId, "deployment and green", isGone, ports);
  return { done: isGone && (wasMissing || (await saysGone(asked, request, ports))), soon: isGone || stays };
}

/** RDS's own word for it makes one look enough; without an answer, a minute of looks does. */
async function saysGone(deployment: Deployment, request: OperationRequest | undefined, { isDeleted }: RecreatePorts): Promise<boolean> {
  const since = Date.parse(request?.deletionBegunAt ?? "");
  return Number.isFinite(since) && (await isDeleted(deployment, since).catch(() => false));
}

const isBeingDeleted = ({ status }: Database): boolean => /^delet/i.test(status ?? "");
