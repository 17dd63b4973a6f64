import type { Records } from "../../../src/clients/records.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { findDeployment, isNotFound } from "../../../src/deployments/find-deployment.ts";
import { utc } from "../../../src/deployments/time-words.ts";
import { say } from "../../../src/messages/form.ts";
import { isInParts } from "../../../src/messages/in-parts.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { concerns, isUnderWay } from "../../../src/operations/find-request.ts";
import { standingNow } from "../../../src/operations/read/standing-of.ts";
import { viewAt } from "../../../src/operations/read/view-of.ts";
import { isHalfDone, isUndecided, type OperationRequest } from "../../../src/operations/request.ts";
import { openRequests } from "../../../src/operations/requests.ts";
import type { Standing } from "../../../src/standing/standing.ts";
import { oneLine } from "../../visible.ts";
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
  if (shown.length === 0 && concerned.length === 0) terminal.say("RDS lists no blue/green deployment here.");
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
  const age = deployment.createTime ? words.ageWords(place.now() - Date.parse(deployment.createTime)) : "unknown";
  const { id, name, status, statusDetails, phase, source, target, replication, production } = standing;
  terminal.say(
    [
      `${name} (${id}): ${phase}`,
      `  status      ${status}${statusDetails ? `: ${oneLine(statusDetails)}` : ""}, ${age} old${tasks(standing)}`,
      `  source      ${side(source)}`,
      `  target      ${target ? side(target) : "not there yet"}`,
      `  production  ${production}`,
      ...(isInParts(standing) ? words.memberLines(standing.members, inTerminal).map((line) => `              ${line}`) : []),
      `  replication ${indented(words.replicationLine(standing, inTerminal, place.now()))}`,
      ...(incomplete ? [`  events      ${readable(words.eventsMissing(incomplete, inTerminal))}`] : []),
      `  next        ${indented(words.nextStep(standing, inTerminal))}`,
      "",
    ].join("\n"),
  );
  terminal.tell({ id, name, status, phase, production, replication: replication.state });
  return standing;
}

const NOTHING_KEPT: Pick<Records, "read"> = { read: async () => undefined };

const indented = (text: string): string => text.replaceAll("\n", "\n              ");

function tasks({ progress: { done, of, now } }: Standing): string {
  return of === 0 || done === of ? "" : `, ${done} of ${of} tasks done${now ? `, now ${now}` : ""}`;
}

function side({ name, database, parameterGroups }: Standing["source"]): string {
  if (!database) return `${name} (does not exist)`;
  return `${name}: ${database.engine} ${database.engineVersion}, ${database.status}, parameter groups ${parameterGroups.join(", ") || "unknown"}`;
}

function showRequest(
  request: OperationRequest,
  standing: Standing | undefined,
  now: number,
  terminal: Terminal,
  commandToGoOn?: Guard["commandToGoOn"],
): void {
  const { operation, deploymentName, requestedBy, requestedAt, notes = [], outcome } = request;
  const said = outcome?.said ?? notes.at(-1)?.said;
  const text = said ? words.saidWords(said, inTerminal, standing) : "waiting for it to begin";
  const state = isUndecided(request) ? "unclear" : isHalfDone(request, now) ? "half done" : commandToGoOn ? "stands still" : "under way";
  const word = state === "under way" ? state : state.toUpperCase();
  terminal.say(
    `${operation} of ${deploymentName}, asked for by ${words.whoAsks(request, inTerminal)} at ${utc(requestedAt)}: ${word}\n  ${text}`,
  );
  if (state === "stands still" && commandToGoOn) {
    terminal.say(`  Nobody works on it now. It goes on with: ${commandToGoOn(operation, deploymentName)}`);
  }
  terminal.say("");
  terminal.tell({ operation, deployment: request.deploymentId, requestedBy: requestedBy.name, state, text });
}
