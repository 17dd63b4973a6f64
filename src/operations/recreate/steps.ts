import { isGreenName, type RdsName } from "../../deployments/arn.ts";
import { isBuilt, progressOf } from "../../deployments/built.ts";
import { isInvalid } from "../../deployments/degradation.ts";
import type { Deployment, DeploymentView } from "../../deployments/deployment.ts";
import { type DeploymentRecord, deploymentKey } from "../../facts/record.ts";
import { checkWords } from "../../plans/checks.ts";
import { BASE_TAG, baseOf, OPERATION_TAG, RECREATED_FROM_TAG } from "../../plans/recreate-name.ts";
import { safeToDelete } from "../../plans/safe-to-delete.ts";
import { toCreateInput } from "../../plans/spec/input.ts";
import { keptSpec } from "../../plans/spec/settled.ts";
import { FinalError } from "../final-error.ts";
import { writeNote } from "../notes.ts";
import { type Look, mayHeal } from "../polling.ts";
import { readStanding } from "../read/standing-of.ts";
import { viewOf } from "../read/view-of.ts";
import { type OperationRequest, type RecreateIntent, requestKey } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { mayGoOn } from "../use-request.ts";
import { planRecreation } from "./plan.ts";
import type { RecreatePorts } from "./ports.ts";
import { keepSpec } from "./saved-spec.ts";

/** Makes the plan again, refuses if it is not the one that was confirmed, and records what is about to be done. */
export async function intend(
  request: OperationRequest,
  requestId: string,
  execution: string,
  ports: RecreatePorts,
): Promise<RecreateIntent> {
  if (request.intent) return request.intent;
  const { view, spec, plan, stateHash } = await planRecreation(request.deploymentId, requestId, ports, request.asked);
  if (request.via === "policy" && plan.verdict !== "clear") throw new FinalError("The plan needs a person's eyes by now.");
  const failed = plan.checks.filter(({ result }) => result === "fail");
  if (failed.length > 0) throw new FinalError(`It may not be created again: ${checkWords(failed)}`);
  // The policy's hash was stored after the request was taken.
  const confirmed = (await ports.records.read<OperationRequest>(requestKey(requestId)))?.stateHash;
  if (stateHash !== confirmed) {
    throw new FinalError("The deployment is not as it was when the plan was confirmed. Look at the new plan, and confirm that one.");
  }
  const { deployment } = view;
  const base = baseOf(deployment);
  const tags = { [RECREATED_FROM_TAG]: deployment.id, [BASE_TAG]: base, [OPERATION_TAG]: execution };
  const greens = [deployment.target, ...deployment.members.map(({ target }) => target)].filter((arn) => arn !== undefined);
  const intent: RecreateIntent = {
    source: deployment.source,
    resourceId: request.blue.startsWith("arn:") ? undefined : request.blue,
    greens: [...new Set(greens)],
    protectedGreens: plan.protectedGreens,
    create: toCreateInput(spec, plan.newName, tags),
    spec: keptSpec(spec, new Date(ports.now()).toISOString()),
  };
  return (await amendRequest(ports.records, requestId, (it) => (it.intent ? it : { ...it, intent }))).intent ?? intent;
}

/** Turns off the deletion protection of one green database that the confirmed plan names. */
export async function unprotect(
  { blue }: OperationRequest,
  requestId: string,
  execution: string,
  green: RdsName,
  { rds, records, now }: RecreatePorts,
): Promise<void> {
  await mayGoOn(requestId, blue, execution, records);
  if (!isGreenName(green.name))
    throw new FinalError(`${green.name} is not named -green- and six letters or digits: its protection stays on.`);
  await amendRequest(records, requestId, (it) => ({ ...it, unprotectBegunAt: it.unprotectBegunAt ?? new Date(now()).toISOString() }));
  await rds.unprotect(green);
}

/** Deletes the deployment with everything green, if RDS's current answer allows it. */
export async function deleteGreen(requestId: string, execution: string, intent: RecreateIntent, ports: RecreatePorts): Promise<void> {
  const { rds, records, now } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request) throw new FinalError(`The request ${requestId} is not there any more.`);
  await mayGoOn(requestId, request.blue, execution, records);
  const { deploymentId, askedFor } = request;
  const view = await viewOf(deploymentId, rds);
  const blue = { arn: intent.source, resourceId: intent.resourceId };
  const record = await records.read<DeploymentRecord>(deploymentKey(deploymentId));
  const standing = view && (await readStanding({ view, record }, records, now()));
  const production = standing?.production ?? "unknown";
  const intended = request.deletionBegunAt !== undefined;
  const deletion = safeToDelete(view, { deploymentId, blue, production, askedFor, intended });
  if (deletion.verdict === "refuse") throw new FinalError(deletion.reason);
  const at = () => new Date(now()).toISOString();
  if (deletion.verdict === "delete") {
    await amendRequest(records, requestId, (it) => ({ ...it, deletionBegunAt: it.deletionBegunAt ?? at() }));
    await rds.deleteWithGreen(deploymentId);
  }
  await amendRequest(records, requestId, (it) => ({ ...it, deletedAt: it.deletedAt ?? at() }));
}

/** True once neither the deployment nor anything green is left. */
export async function isGone(id: string, { greens }: RecreateIntent, { rds }: RecreatePorts): Promise<boolean> {
  if (await rds.deployment(id)) return false;
  const pairs = greens.map((target) => ({ target }));
  const asked: Deployment = { id, name: "", status: "", source: greens[0] ?? "", members: pairs, tasks: [], tags: {} };
  return (await rds.databases([asked])).length === 0;
}

/** Creates the new deployment, or finds the one that this operation has already created; returns its id. */
export async function createAgain(requestId: string, execution: string, intent: RecreateIntent, ports: RecreatePorts): Promise<string> {
  const { rds, records } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  await mayGoOn(requestId, request?.blue ?? "", execution, records);
  const { BlueGreenDeploymentName: name, Source } = intent.create;
  const all = await rds.deployments();
  const ours = all.find((it) => it.name === name && it.source === Source);
  // A listing may be older than the deletion, and then shows what was deleted as it was.
  const others = all.filter((it) => it.source === Source && it.id !== request?.deploymentId);
  const other = others.find(({ status }) => status !== "SWITCHOVER_COMPLETED" && status !== "DELETING");
  if (!ours && other)
    throw new FinalError(`${other.name} (${other.id}) was created on this database meanwhile: nothing is created beside it.`);
  const created = ours?.id ?? (await createOrSayWhyNot(requestId, intent, ports));
  if (request) await keepSpec(created, intent.spec, request.expiresAt, records);
  await amendRequest(records, requestId, (it) => (it.created === created ? it : { ...it, created }));
  return created;
}

/** Records an error that waiting resolves, such as a backup of blue, so that people see why it waits. */
async function createOrSayWhyNot(requestId: string, { create }: RecreateIntent, ports: RecreatePorts): Promise<string> {
  try {
    return await ports.rds.create(create);
  } catch (error) {
    if (error instanceof Error && mayHeal(error))
      await writeNote(requestId, "waiting", `RDS does not create it yet: ${error.message}`, ports);
    throw error;
  }
}

/** How far the new deployment is; broken if it will never be ready, is of no use, or a person gave up waiting for it. */
export async function lookBuilt(requestId: string, id: string, ports: RecreatePorts): Promise<Look> {
  const view = await viewOf(id, ports.rds);
  if (!view) return { done: false, broken: `The new deployment ${id} is gone.` };
  const { status, statusDetails, tasks } = view.deployment;
  const failed = tasks.find((task) => task.status === "FAILED");
  if (failed || isInvalid(view.deployment)) {
    const words = `The new deployment ${id} is ${status}${failed ? ` at ${failed.name}` : ""}. ${statusDetails ?? ""}`.trim();
    return { done: false, broken: words };
  }
  const degradation = await ports.degradation(view.deployment);
  if (degradation.state === "degraded") {
    await amendRequest(ports.records, requestId, (it) => (it.degradedAgain ? it : { ...it, degradedAgain: true }));
    const words = `DDL ran on blue again: the new deployment ${id} is degraded as well (${degradation.lastAt}: ${degradation.text}).`;
    return { done: false, broken: `${words} Stop what runs DDL on blue before it is created once more.` };
  }
  const cancelled = (await ports.records.read<OperationRequest>(requestKey(requestId)))?.cancelled;
  if (cancelled) return { done: false, broken: `${cancelled.by} gave up waiting for ${id}, which RDS goes on building.` };
  return { done: status === "AVAILABLE" && isBuilt(view.deployment, view.databases), shows: progressWords(view) };
}

/** What moves in a creation, in words. */
function progressWords({ deployment: { status, tasks, members }, databases }: DeploymentView): string {
  const { done, of, now } = progressOf({ tasks });
  const waiting = [...members.map((it) => it.status), ...databases.map((it) => it.status)].filter((it) => it && !/^available$/i.test(it));
  const tasksDone = of === 0 ? "" : `, ${done} of ${of} tasks done${now ? `, now ${now}` : ""}`;
  return `${status}${tasksDone}${waiting.length > 0 ? `; databases: ${[...new Set(waiting)].join(", ")}` : ""}`;
}
