import { isRefusal, isTransient, wasNotTaken } from "../../clients/transient.ts";
import { isGreenName, rdsName } from "../../deployments/arn.ts";
import { type Database, type Deployment, type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import { type DeploymentRecord, deploymentKey } from "../../facts/record.ts";
import { safeToDelete } from "../../plans/safe-to-delete.ts";
import { FinalError } from "../final-error.ts";
import { requireInTime } from "../in-time.ts";
import { isMissing } from "../missing.ts";
import { whyNotByPolicy } from "../policy-now.ts";
import { standingBy } from "../read/standing-of.ts";
import { viewOf } from "../read/view-of.ts";
import { type OperationRequest, type RecreateIntent, requestKey } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { NotSureYetError } from "../retry.ts";
import { namedIn } from "../says/asker.ts";
import { beginChange, mayGoOn } from "../use-request.ts";
import { type Look, SOON_SECONDS, soonAfter } from "../waiting/look.ts";
import type { RecreatePorts } from "./ports.ts";

/** Turns off the deletion protection of one green database that the confirmed plan names, if RDS's current answer allows its deletion. */
export async function unprotect(
  requestId: string,
  execution: string,
  arn: string,
  intent: RecreateIntent,
  ports: RecreatePorts,
): Promise<void> {
  const { rds, records, now } = ports;
  const green = rdsName(arn);
  if (!isGreenName(green.name)) throw new FinalError({ code: "not-named-as-green", name: green.name });
  const { request, view } = await lookBefore(requestId, execution, intent, ports);
  const targets = view ? [view.deployment, ...view.deployment.members].flatMap(({ target }) => target ?? []) : [];
  // SwitchoverDetails may list a cluster without its instances.
  const { cluster } = (view && databaseAt(view, arn)) ?? {};
  const isGreen = targets.some((target) => target === arn || (cluster !== undefined && rdsName(target).name === cluster));
  if (!isGreen) throw new FinalError({ code: "not-a-target", name: green.name });
  const unprotectBegunAt = request.unprotectBegunAt ?? new Date(now()).toISOString();
  await beginChange(requestId, execution, (it) => ({ ...it, unprotectBegunAt }), records);
  try {
    await rds.unprotect(green);
  } catch (error) {
    if (error instanceof Error && wasNotTaken(error))
      await amendRequest(records, requestId, (it) => ({ ...it, unprotectBegunAt: request.unprotectBegunAt }));
    throw error instanceof Error && isRefusal(error) ? new FinalError({ code: "unprotecting-refused", text: error.message }) : error;
  }
}

/** Deletes the deployment with everything green, if RDS's current answer allows it; what RDS refuses is not tried again. */
export async function deleteGreen(requestId: string, execution: string, intent: RecreateIntent, ports: RecreatePorts): Promise<void> {
  const { records, now } = ports;
  const { request, view, deletion } = await lookBefore(requestId, execution, intent, ports);
  if (deletion.verdict === "delete") {
    if (request.resumed) await refuseOldPlan(requestId, request, ports);
    if (request.via === "policy" && view) await requirePolicy(view.deployment, ports);
    await callOnce(request, requestId, execution, ports);
  }
  await amendRequest(records, requestId, (it) => ({ ...it, deletedAt: it.deletedAt ?? new Date(now()).toISOString() }));
}

/** The last look before a change. @throws FinalError if the deletion is not allowed by it; NotSureYetError while RDS may just not list it */
async function lookBefore(requestId: string, execution: string, intent: RecreateIntent, ports: RecreatePorts) {
  const { rds, records, now } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request) throw new FinalError({ code: "request-lost", requestId });
  await mayGoOn(request, execution, records);
  requireInTime(request, now());
  const { deploymentId } = request;
  const view = await viewOf(deploymentId, rds);
  const isGone = view === undefined && (await saysGone(deploymentOf(deploymentId, intent.greens), request, ports));
  if (!isGone && !(await isMissing(requestId, deploymentId, view === undefined, ports, { request })) && !view)
    throw new NotSureYetError({ code: "not-listed-once", id: deploymentId });
  const deletion = await decide(request, view, intent, ports);
  if (deletion.verdict === "refuse") throw new FinalError({ code: "green-stays", why: deletion.why });
  return { request, view, deletion };
}

async function decide(request: OperationRequest, view: DeploymentView | undefined, intent: RecreateIntent, ports: RecreatePorts) {
  const { records, now } = ports;
  const { deploymentId, askedFor } = request;
  const blue = { arn: intent.source, resourceId: intent.resourceId };
  const record = await records.read<DeploymentRecord>(deploymentKey(deploymentId));
  const production = view ? standingBy(view, record, now()).production : "unknown";
  const intended = request.deletionBegunAt !== undefined;
  return safeToDelete(view, { deploymentId, blue, production, askedFor, intended });
}

/**
 * Who went on was told that the deployment is gone, and saw no plan of its deletion. @throws FinalError once every look has shown it for a
 * minute, NotSureYetError before: one answer may be an old one
 */
async function refuseOldPlan(requestId: string, request: OperationRequest, ports: RecreatePorts): Promise<never> {
  const deployment = namedIn(request);
  if (!(await isMissing(requestId, "the deletion", true, ports))) throw new NotSureYetError({ code: "deletion-not-begun", deployment });
  await amendRequest(ports.records, requestId, (it) => ({ ...it, deletedAt: undefined }));
  throw new FinalError({ code: "deletion-not-by-old-plan", deployment });
}

/** Reads tag and setting once more, right before the deletion. @throws FinalError if they ask for less by now */
async function requirePolicy(deployment: Deployment, { automatic, records }: RecreatePorts): Promise<void> {
  const reason = await whyNotByPolicy(deployment, automatic, records);
  if (reason !== undefined) throw new FinalError(reason);
}

/** How long RDS may take to show that it accepted a call whose answer was lost. */
const SHOWS_WITHIN_MS = 120_000;

async function callOnce(
  request: OperationRequest,
  requestId: string,
  execution: string,
  { rds, records, now }: RecreatePorts,
): Promise<void> {
  const { deploymentId, deletionBegunAt, deletionRefused } = request;
  const at = new Date(now()).toISOString();
  if (deletionRefused) {
    if (!deletionRefused.unsure || now() - Date.parse(deletionRefused.at) >= SHOWS_WITHIN_MS)
      throw new FinalError({ code: "aws-said", text: deletionRefused.text });
    throw new NotSureYetError({ code: "deletion-refused-perhaps" });
  }
  await beginChange(requestId, execution, (it) => ({ ...it, deletionBegunAt: it.deletionBegunAt ?? at }), records);
  try {
    await rds.deleteWithGreen(deploymentId);
  } catch (error) {
    // Of a lost answer the next look shows what came.
    if (!(error instanceof Error) || !wasNotTaken(error)) throw error;
    const text = error.message;
    const refused = isTransient(error) ? { deletionBegunAt } : { deletionRefused: { text, at, unsure: deletionBegunAt !== undefined } };
    await amendRequest(records, requestId, (it) => ({ ...it, ...refused }));
    if (isTransient(error)) throw error;
    throw deletionBegunAt === undefined ? new FinalError({ code: "aws-said", text }) : new NotSureYetError({ code: "aws-said", text });
  }
}

/** How long green must stay, with nothing of it being deleted, after its deployment has gone: longer than any pause of RDS between two of its deletions. */
const STAYS_AFTER_MS = 5 * 60_000;

/** Whether neither the deployment nor anything green is left; broken if a person gave up waiting, or if green stays. */
export async function lookGone(
  request: OperationRequest | undefined,
  requestId: string,
  { greens }: RecreateIntent,
  unmovedSeconds: number,
  ports: RecreatePorts,
): Promise<Look> {
  const { rds, records } = ports;
  const id = request?.deploymentId ?? "";
  if (request?.cancelled) return { done: false, broken: { code: "gave-up-deletion", by: request.cancelled.by } };
  const deployment = await rds.deployment(id);
  const asked = deploymentOf(id, greens);
  // RDS deletes the deployment after green, or shows it that long: its databases decide nothing before.
  const left = deployment === undefined ? await rds.databases([asked]) : [];
  const stays = left.length > 0 && !left.some(isBeingDeleted);
  if (await isMissing(requestId, "the deletion of green", stays, ports, { afterMs: STAYS_AFTER_MS, request })) {
    await amendRequest(records, requestId, (it) => ({ ...it, greenStays: true }));
    return { done: false, broken: { code: "green-kept", names: left.map(({ arn }) => rdsName(arn).name) } };
  }
  const isGone = deployment === undefined && left.length === 0;
  const says = isGone && (await saysGone(asked, request, ports));
  const done = says || (isGone && (await isMissing(requestId, "deployment and green", true, ports)));
  if (!isGone) await isMissing(requestId, "deployment and green", false, ports, { request });
  if (deployment !== undefined) return { done };
  // What has to be seen again for minutes is looked at often; of green, which RDS deletes for hours, no event need tell.
  return { done, within: isGone || stays ? SOON_SECONDS : soonAfter(unmovedSeconds) };
}

/** What is asked for of a deployment of which only its green is known. */
function deploymentOf(id: string, greens: readonly string[]): Deployment {
  const members = greens.map((target) => ({ target }));
  return { id, name: "", status: "", source: greens[0] ?? "", members, tasks: [], tags: {} };
}

/** RDS's own word that this deployment was deleted makes one look enough; without an answer, a minute of looks does. */
async function saysGone(deployment: Deployment, request: OperationRequest | undefined, { isDeleted }: RecreatePorts): Promise<boolean> {
  const since = Date.parse(request?.deletionBegunAt ?? "");
  return Number.isFinite(since) && (await isDeleted(deployment, since).catch(() => false));
}

const isBeingDeleted = ({ status }: Database): boolean => /^delet/i.test(status ?? "");
