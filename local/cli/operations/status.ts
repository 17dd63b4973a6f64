import type { Records } from "../../../src/clients/records.ts";
import type { Degradation } from "../../../src/deployments/degradation.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { findDeployment, NotFoundError } from "../../../src/deployments/find-deployment.ts";
import { ageWords, utc } from "../../../src/deployments/time-words.ts";
import { type DeploymentRecord, deploymentKey } from "../../../src/facts/record.ts";
import { type Summary, summaryOf } from "../../../src/facts/summary.ts";
import { nextStep } from "../../../src/messages/next-step.ts";
import { concerns, isUnderWay } from "../../../src/operations/find-request.ts";
import { isHalfDone, isUndecided, type OperationRequest } from "../../../src/operations/request.ts";
import { openRequests } from "../../../src/operations/requests.ts";
import { underWayOf } from "../../../src/operations/under-way.ts";
import { viewAt } from "../../../src/operations/view-of.ts";
import { degradationIn } from "./degradation.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import { degradedText } from "./plan-text.ts";
import type { Terminal } from "./terminal.ts";

/** Shows every deployment, or one; false if none has that name. `commandToGoOn` is given if no process is at work. */
export async function showStatus(
  typed: string | undefined,
  records: Records | undefined,
  place: Place,
  terminal: Terminal,
  commandToGoOn?: Guard["commandToGoOn"],
): Promise<boolean> {
  const deployments = await place.rds.deployments();
  const now = place.now();
  const requests = records
    ? (await openRequests(records)).filter((it) => isUnderWay(it, now) || isHalfDone(it, now) || isUndecided(it))
    : [];
  const showOperation = (request: OperationRequest) => showRequest(request, now, terminal, commandToGoOn);
  terminal.say(`${place.words}\n`);
  const found = typed === undefined ? deployments : findDeployment(deployments, typed, true);
  const concerned = requests.filter((request) => typed === undefined || concerns(request, typed));
  if (found instanceof NotFoundError && concerned.length === 0) {
    terminal.say(found.message);
    return false;
  }
  const shown = found instanceof NotFoundError ? [] : [found].flat();
  for (const deployment of shown) {
    await showDeployment(deployment, records, place, terminal);
    for (const request of requests) if (isOn(deployment, request)) showOperation(request);
  }
  if (shown.length === 0 && concerned.length === 0) terminal.say("RDS lists no blue/green deployment here.");
  for (const request of concerned) if (!deployments.some((deployment) => isOn(deployment, request))) showOperation(request);
  return true;
}

/** True if the request is about the deployment, or has created it. */
const isOn = ({ id }: Deployment, { deploymentId, created }: OperationRequest): boolean => id === deploymentId || id === created;

async function showDeployment(deployment: Deployment, records: Records | undefined, place: Place, terminal: Terminal): Promise<void> {
  const view = await viewAt(deployment, place.rds);
  const degradation = await degradationIn(place, deployment);
  const record = await records?.read<DeploymentRecord>(deploymentKey(deployment.id));
  const summary = withDegradation(summaryOf(view, true, record?.facts ?? [], underWayOf(record?.operation)), degradation);
  const age = deployment.createTime ? ageWords(place.now() - Date.parse(deployment.createTime)) : "unknown";
  terminal.say(
    [
      `${summary.name} (${summary.id}): ${summary.phase}`,
      `  status    ${summary.status}${summary.statusDetails ? `: ${summary.statusDetails}` : ""}, ${age} old${tasks(summary)}`,
      `  blue      ${side(summary.source)}`,
      `  green     ${summary.target ? side(summary.target) : "not there yet"}`,
      `  events    ${degradedText(degradation)}`,
      `  next      ${nextStep(summary).replaceAll("`", "").replaceAll("\n", "\n            ")}`,
      "",
    ].join("\n"),
  );
  terminal.tell({ id: summary.id, name: summary.name, status: summary.status, phase: summary.phase, degradation: degradation.state });
}

/** RDS's status alone does not show degraded replication. */
function withDegradation(summary: Summary, { state }: Degradation): Summary {
  const mayBe = summary.phase === "ready" || summary.phase === "provisioning";
  return state === "degraded" && mayBe ? { ...summary, phase: "degraded" } : summary;
}

function tasks({ progress: { done, of, now } }: Summary): string {
  return of === 0 || done === of ? "" : `, ${done} of ${of} tasks done${now ? `, now ${now}` : ""}`;
}

function side({ name, database, parameterGroups }: Summary["source"]): string {
  if (!database) return `${name} (does not exist)`;
  return `${name}: ${database.engine} ${database.engineVersion}, ${database.status}, parameter groups ${parameterGroups.join(", ") || "unknown"}`;
}

function showRequest(request: OperationRequest, now: number, terminal: Terminal, commandToGoOn?: Guard["commandToGoOn"]): void {
  const { operation, deploymentName, requestedBy, requestedAt, notes = [], outcome } = request;
  const text = outcome?.text ?? notes.at(-1)?.text ?? "waiting for it to begin";
  const state = isUndecided(request) ? "unclear" : isHalfDone(request, now) ? "half done" : commandToGoOn ? "stands still" : "under way";
  const word = state === "under way" ? state : state.toUpperCase();
  terminal.say(`${operation} of ${deploymentName}, asked for by ${requestedBy} at ${utc(requestedAt)}: ${word}\n  ${text}`);
  if (state === "stands still" && commandToGoOn) {
    terminal.say(`  Nobody works on it now. It goes on with: ${commandToGoOn(operation, deploymentName)}`);
  }
  terminal.say("");
  terminal.tell({ operation, deployment: request.deploymentId, requestedBy, state, text });
}
