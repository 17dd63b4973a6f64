import type { Records } from "../../../src/clients/records.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { findDeployment, isNotFound } from "../../../src/deployments/find-deployment.ts";
import { say } from "../../../src/messages/form.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { concerns, isUnderWay } from "../../../src/operations/find-request.ts";
import { standingNow } from "../../../src/operations/read/standing-of.ts";
import { viewAt } from "../../../src/operations/read/view-of.ts";
import { isHalfDone, isUndecided, type OperationRequest } from "../../../src/operations/request.ts";
import { openRequests } from "../../../src/operations/requests.ts";
import type { Standing } from "../../../src/standing/standing.ts";
import { readable } from "../aws-advice.ts";
import { refuse } from "./asked.ts";
import type { Ended } from "./follow.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import type { Terminal } from "./terminal.ts";

type Shown = Pick<Place, "rds" | "metrics" | "now" | "words">;

/** Shows every deployment, or one; refuses if none has that name. `commandToGoOn` is given if no process is at work. */
export async function showStatus(
  typed: string | undefined,
  records: Records | undefined,
  place: Shown,
  terminal: Terminal,
  commandToGoOn?: Guard["commandToGoOn"],
): Promise<Ended> {
  const deployments = await place.rds.deployments();
  const now = place.now();
  const requests = records
    ? (await openRequests(records)).filter((it) => isUnderWay(it, now) || isHalfDone(it, now) || isUndecided(it))
    : [];
  const showOperation = (request: OperationRequest, standing?: Standing) => showRequest(request, standing, now, terminal, commandToGoOn);
  terminal.say(`${place.words}\n`);
  const found = typed === undefined ? deployments : findDeployment(deployments, typed, true);
  const concerned = requests.filter((request) => typed === undefined || concerns(request, typed));
  if (isNotFound(found) && concerned.length === 0) {
    return refuse(terminal, say(words.NOT_FOUND, found, inTerminal));
  }
  const shown = isNotFound(found) ? [] : [found].flat();
  for (const deployment of shown) {
    const standing = await showDeployment(deployment, records, place, terminal);
    for (const request of requests) if (isOn(deployment, request)) showOperation(request, standing);
  }
  if (shown.length === 0 && concerned.length === 0) terminal.say(words.STATUS.nothing);
  for (const request of concerned) if (!deployments.some((deployment) => isOn(deployment, request))) showOperation(request);
  return { outcome: "done" };
}

/** True if the request is about the deployment, or has created it. */
const isOn = ({ id }: Deployment, { deploymentId, created }: OperationRequest): boolean => id === deploymentId || id === created;

async function showDeployment(deployment: Deployment, records: Records | undefined, place: Shown, terminal: Terminal): Promise<Standing> {
  const view = await viewAt(deployment, place.rds);
  const { standing, incomplete } = await standingNow(view, {
    rds: place.rds,
    metrics: place.metrics,
    records: records ?? NOTHING_KEPT,
    now: place.now,
  });
  const now = place.now();
  const ageMs = deployment.createTime ? now - Date.parse(deployment.createTime) : undefined;
  const missing = incomplete?.code === "not-listed" ? { ...incomplete, text: readable(incomplete.text) } : incomplete;
  terminal.say(words.standingText(standing, { now, ageMs, incomplete: missing }, inTerminal));
  const { id, name, status, phase, replication, production } = standing;
  terminal.tell({ id, name, status, phase, production, replication: replication.state });
  return standing;
}

const NOTHING_KEPT: Pick<Records, "read"> = { read: async () => undefined };

function showRequest(
  request: OperationRequest,
  standing: Standing | undefined,
  now: number,
  terminal: Terminal,
  commandToGoOn?: Guard["commandToGoOn"],
): void {
  const { operation, deploymentName, requestedBy, notes = [], outcome } = request;
  const said = outcome?.said ?? notes.at(-1)?.said;
  const text = said ? words.saidWords(said, inTerminal, standing) : words.FOLLOWING.waits;
  const state = isUndecided(request) ? "unclear" : isHalfDone(request, now) ? "half-done" : commandToGoOn ? "stands-still" : "under-way";
  terminal.say(`${words.operationLine(request, state, inTerminal)}\n  ${text}`);
  if (state === "stands-still" && commandToGoOn) terminal.say(`  ${words.goesOnWith(commandToGoOn(operation, deploymentName))}`);
  terminal.say("");
  terminal.tell({ operation, deployment: request.deploymentId, requestedBy: requestedBy.name, state: state.replace("-", " "), text });
}
