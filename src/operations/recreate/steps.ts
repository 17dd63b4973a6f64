import { wasNotTaken } from "../../clients/transient.ts";
import { rdsName } from "../../deployments/arn.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import { BASE_TAG, baseOf, OPERATION_TAG, RECREATED_FROM_TAG } from "../../plans/recreate-name.ts";
import { toCreateInput } from "../../plans/spec/input.ts";
import { keptSpec } from "../../plans/spec/settled.ts";
import { FinalError } from "../final-error.ts";
import { requireInTime } from "../in-time.ts";
import { onceListed } from "../missing.ts";
import { writeNote } from "../notes.ts";
import type { OperationRequest, RecreateIntent } from "../request.ts";
import { amendRequest, keptFrom } from "../requests.ts";
import { mayHeal, NotSureYetError } from "../retry.ts";
import { beginChange, mayGoOn, notCancelled, storedRequest } from "../use-request.ts";
import { planRecreation } from "./plan.ts";
import type { RecreatePorts } from "./ports.ts";
import { keepFirstSpec } from "./saved-spec.ts";

/** Makes the plan again, refuses if it is not the one that was confirmed, and records what is about to be done. */
export async function intend(
  request: OperationRequest,
  requestId: string,
  execution: string,
  ports: RecreatePorts,
): Promise<RecreateIntent> {
  if (request.intent) return request.intent;
  const { deploymentId } = request;
  // The policy's hash was stored after the request was taken.
  const stored = await notCancelled(requestId, ports.records);
  const { stateHash: confirmed } = stored;
  requireInTime(stored, ports.now());
  const read = () => planRecreation(deploymentId, requestId, ports, request.asked);
  const { view, spec, plan, stateHash } = await onceListed(requestId, deploymentId, read, ports, stored);
  if (request.via === "policy" && plan.verdict !== "clear") throw new FinalError({ code: "plan-needs-a-person", now: true });
  const failed = plan.checks.filter(({ result }) => result === "fail");
  if (failed.length > 0) throw new FinalError({ code: "checks-forbid-creation", checks: failed });
  if (stateHash !== confirmed) throw new FinalError({ code: "plan-outdated" });
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

/** Creates the new deployment, or finds the one that this operation has already created; returns its id. */
export async function createAgain(requestId: string, execution: string, intent: RecreateIntent, ports: RecreatePorts): Promise<string> {
  const { rds, records } = ports;
  const request = await storedRequest(requestId, records);
  const { BlueGreenDeploymentName: name, Source } = intent.create;
  const all = await rds.deployments();
  const ours = all.find((it) => it.name === name && it.source === Source);
  // An old listing may show once more what this operation has deleted.
  const others = all.filter((it) => it.source === Source && it.id !== request.deploymentId);
  const other = others.find((it) => it.status !== "SWITCHOVER_COMPLETED" && it.status !== "DELETING");
  if (!ours && other) throw new FinalError({ code: "other-created", deployment: { id: other.id, name: other.name } });
  const create = async () => {
    await mayGoOn(request, execution, records);
    await requireSameBlue(requestId, intent, ports);
    return createOrSayWhyNot(requestId, execution, intent, ports);
  };
  const created = ours?.id ?? (await create());
  if (created === "") throw new NotSureYetError({ code: "created-without-id" });
  await keepFirstSpec(created, intent.spec, keptFrom(ports.now()), records);
  await amendRequest(records, requestId, (it) => (it.created === created ? it : { ...it, created }));
  return created;
}

/** Nothing is created on a database that bears blue's name by now. @throws FinalError if blue was replaced, or switched over */
async function requireSameBlue(requestId: string, { source, resourceId }: RecreateIntent, { rds, records }: RecreatePorts): Promise<void> {
  const asked: Deployment = { id: "", name: "", status: "", source, members: [], tasks: [], tags: {} };
  const found = (await rds.databases([asked])).find(({ arn }) => arn === source)?.resourceId;
  // RDS itself refuses where it does not know blue.
  if (resourceId === undefined || found === undefined || found === resourceId) return;
  // Where green was switched to, its names are gone and it is not.
  await amendRequest(records, requestId, (it) => ({ ...it, greenStays: true }));
  throw new FinalError({ code: "blue-replaced", name: rdsName(source).name, found, expected: resourceId });
}

/** Records an error that waiting resolves, such as a backup of blue, so that people see why it waits. */
async function createOrSayWhyNot(requestId: string, execution: string, { create }: RecreateIntent, ports: RecreatePorts): Promise<string> {
  const { records, now } = ports;
  const at = new Date(now()).toISOString();
  let before: string | undefined;
  const begins = (it: OperationRequest) => {
    before = it.creationBegunAt;
    return { ...it, creationBegunAt: before ?? at };
  };
  await beginChange(requestId, execution, begins, records);
  try {
    return await ports.rds.create(create);
  } catch (error) {
    if (error instanceof Error && wasNotTaken(error)) await amendRequest(records, requestId, (it) => ({ ...it, creationBegunAt: before }));
    if (error instanceof Error && mayHeal(error)) {
      const { request, note } = await writeNote(requestId, "waiting", { code: "not-created-yet", text: error.message }, ports);
      await ports.tell(request, note);
    }
    throw error;
  }
}
