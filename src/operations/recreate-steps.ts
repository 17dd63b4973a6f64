import { createHash } from "node:crypto";
import type { Deployment, DeploymentView } from "../deployments/deployment.ts";
import type { RecreatePlan } from "../deployments/plan.ts";
import { recreatePlan } from "../deployments/plan.ts";
import { preflight } from "../deployments/preflight.ts";
import { preflightQuestion } from "../deployments/preflight-question.ts";
import { type DeploymentRecord, deploymentKey } from "../deployments/record.ts";
import { BASE_TAG, baseOf, OPERATION_TAG, RECREATED_FROM_TAG, recreateName } from "../deployments/recreate-name.ts";
import { safeToDelete } from "../deployments/safe-to-delete.ts";
import { toCreateInput } from "../deployments/spec-input.ts";
import { type SettledSpec, settleSpec } from "../deployments/spec-settled.ts";
import { stateHashInput } from "../deployments/state-hash.ts";
import { amendItem } from "./amend-item.ts";
import { mayGoOn } from "./claim.ts";
import { FinalError, type RecreatePorts } from "./recreate-ports.ts";
import { type OperationRequest, type RecreateIntent, requestKey } from "./request.ts";

/** A plan and the digest that a confirmation of it holds. */
export interface Planned {
  view: DeploymentView;
  spec: SettledSpec;
  plan: RecreatePlan;
  stateHash: string;
}

/** Reads everything and makes the plan of recreating the deployment. @throws FinalError where there is nothing to plan with. */
export async function planRecreation(id: string, requestId: string, { rds, records, now, principal }: RecreatePorts): Promise<Planned> {
  const view = await viewOf(id, rds);
  if (!view) throw new FinalError(`RDS does not know deployment ${id}: there is nothing to recreate.`);
  const saved = (await records.read<DeploymentRecord>(deploymentKey(id)))?.spec;
  const { spec, missing } = settleSpec({ view, saved });
  if (!spec) throw new FinalError(missing.map(({ field, reason }) => `${field} is not known: ${reason}`).join(" "));
  const question = preflightQuestion(view, spec);
  if (!question) throw new FinalError(`RDS does not know blue, ${spec.source}: there is nothing to create green from.`);
  const checks = preflight(view, spec, await rds.preflight(question, principal));
  const newName = recreateName(baseOf(view.deployment), requestId);
  const plan = recreatePlan({ view, spec, checks, newName, now: now() });
  return { view, spec, plan, stateHash: digest(stateHashInput({ view, steps: plan.steps })) };
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** Makes the plan again, refuses where it is not the one that was confirmed, and writes down what is about to be done. */
export async function intend(
  request: OperationRequest,
  requestId: string,
  execution: string,
  ports: RecreatePorts,
): Promise<RecreateIntent> {
  if (request.intent) return request.intent;
  const { view, spec, plan, stateHash } = await planRecreation(request.deploymentId, requestId, ports);
  const failed = plan.checks.filter(({ result }) => result === "fail");
  if (failed.length > 0)
    throw new FinalError(`It may not be created again: ${failed.map(({ reason, remedy }) => `${reason} ${remedy}`).join(" ")}`);
  if (stateHash !== request.stateHash) {
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
  };
  await amendItem<OperationRequest>(ports.records, { ...request, key: requestKey(requestId) }, (it) => ({ ...it, intent }));
  return intent;
}

/** Deletes the deployment with everything green, if what RDS says at this moment allows it. */
export async function deleteGreen(requestId: string, execution: string, intent: RecreateIntent, ports: RecreatePorts): Promise<void> {
  const { rds, records, now } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request) throw new FinalError(`The request ${requestId} is not there any more.`);
  await mayGoOn(requestId, request.blue, execution, records);
  const { deploymentId } = request;
  const view = await viewOf(deploymentId, rds);
  const blue = { arn: intent.source, resourceId: intent.resourceId };
  const deletion = safeToDelete(view, { deploymentId, blue, intended: request.deletionBegunAt !== undefined });
  if (deletion.verdict === "done") return;
  if (deletion.verdict === "refuse") throw new FinalError(deletion.reason);
  await amendItem<OperationRequest>(records, request, (it) => ({
    ...it,
    deletionBegunAt: it.deletionBegunAt ?? new Date(now()).toISOString(),
  }));
  await rds.deleteWithGreen(deploymentId);
}

/** True once neither the deployment nor anything green is left. */
export async function isGone(id: string, { greens }: RecreateIntent, { rds }: RecreatePorts): Promise<boolean> {
  if (await rds.deployment(id)) return false;
  const pairs = greens.map((target) => ({ target }));
  const asked: Deployment = { id, name: "", status: "", source: greens[0] ?? "", members: pairs, tasks: [], tags: {} };
  return (await rds.databases([asked])).length === 0;
}

/** Creates the new deployment, or finds the one that this operation has created already; answers its id. */
export async function createAgain(requestId: string, execution: string, intent: RecreateIntent, ports: RecreatePorts): Promise<string> {
  const { rds, records } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  await mayGoOn(requestId, request?.blue ?? "", execution, records);
  const { BlueGreenDeploymentName: name, Source } = intent.create;
  const all = await rds.deployments();
  const ours = all.find((it) => it.name === name && it.source === Source);
  if (ours) return ours.id;
  const other = all.find((it) => it.source === Source && it.status !== "SWITCHOVER_COMPLETED" && it.status !== "DELETING");
  if (other) throw new FinalError(`${other.name} (${other.id}) was created on this database meanwhile: nothing is created beside it.`);
  return rds.create(intent.create);
}

/** How far the new deployment is; what says that it will never be ready. */
export async function buildStateOf(id: string, { rds }: RecreatePorts): Promise<{ ready: boolean; broken?: string }> {
  const view = await viewOf(id, rds);
  if (!view) return { ready: false, broken: `The new deployment ${id} is gone.` };
  const { status, statusDetails, tasks, members, target } = view.deployment;
  const failed = tasks.find((task) => task.status === "FAILED");
  if (failed || status === "INVALID_CONFIGURATION") {
    return {
      ready: false,
      broken: `The new deployment ${id} is ${status}${failed ? ` at ${failed.name}` : ""}. ${statusDetails ?? ""}`.trim(),
    };
  }
  const isBuilt = target !== undefined && [...tasks, ...members].every((it) => it.status === "COMPLETED" || it.status === "AVAILABLE");
  const ready = status === "AVAILABLE" && isBuilt && view.databases.every((database) => database.status === "available");
  return { ready };
}

async function viewOf(id: string, rds: RecreatePorts["rds"]): Promise<DeploymentView | undefined> {
  const deployment = await rds.deployment(id);
  return deployment && { deployment, databases: await rds.databases([deployment]) };
}
