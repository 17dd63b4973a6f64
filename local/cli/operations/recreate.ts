import { randomUUID } from "node:crypto";
import { utc } from "../../../src/messages/time.ts";
import { proposeRecreation } from "../../../src/operations/propose.ts";
import { FinalError } from "../../../src/operations/recreate-ports.ts";
import { newRequest, type OperationRequest, requestIdOf } from "../../../src/operations/request.ts";
import { openRequests, resumeRequest, writeRequest } from "../../../src/operations/requests.ts";
import { degradationIn } from "./degradation.ts";
import { findDeployment, halfDone, isUnderWay, NotFoundError, underWay } from "./find.ts";
import { type Ended, follow } from "./follow.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import { planText } from "./plan-text.ts";
import type { Terminal } from "./terminal.ts";

/** What `recreate` works with. */
export interface RecreateCommand {
  /** Name or id of the deployment. */
  typed: string;
  /** Accepts the plan, unknown checks included. */
  yes: boolean;
  place: Place;
  guard: Guard;
  terminal: Terminal;
}

const REFUSED: Ended = { outcome: "refused" };
const WORD = "yes";

/** Goes on with what is under way or half done for the deployment, or plans, asks and begins. */
export async function recreateDeployment(command: RecreateCommand): Promise<Ended> {
  const { typed, place, guard, terminal } = command;
  const requests = await openRequests(guard.records);
  const running = underWay(requests, typed, place.now());
  if (running) {
    const requestId = requestIdOf(running.key) ?? "";
    terminal.say([place.words, guard.words, "", goingOn(running), ...others(command, requests, requestId), ""].join("\n"));
    // Whoever wrote it may have been killed before it was handed over.
    await (running.usedBy === undefined ? guard.begin(requestId) : guard.goOn());
    return follow(requestId, guard, place, terminal);
  }
  const found = findDeployment(await place.rds.deployments(), typed);
  if (!(found instanceof NotFoundError)) return planned(command, found.id, requests);
  const unfinished = halfDone(requests, typed, place.now());
  if (unfinished) return resumed(command, unfinished, requests);
  terminal.say([place.words, guard.words, "", found.message].join("\n"));
  return REFUSED;
}

const goingOn = ({ requestedBy, requestedAt, deploymentName, deploymentId }: OperationRequest): string =>
  `A recreation of ${deploymentName} (${deploymentId}), asked for by ${requestedBy} at ${utc(requestedAt)}, is under way. This follows it.`;

/** What else is under way in the folder, which goes on with this process. */
function others({ guard, place }: RecreateCommand, requests: readonly OperationRequest[], but?: string): string[] {
  if (!guard.isHere) return [];
  const running = requests.filter((it) => requestIdOf(it.key) !== but && it.usedBy !== undefined && isUnderWay(it, place.now()));
  return running.map(
    ({ deploymentName: name }) =>
      `The recreation of ${name}, under way in the same folder, goes on as long as this runs; then: ${guard.commandToGoOn(name)}`,
  );
}

async function planned(command: RecreateCommand, id: string, requests: readonly OperationRequest[]): Promise<Ended> {
  const { place, guard, terminal } = command;
  const requestId = randomUUID();
  const ports = { rds: place.rds, records: guard.records, now: place.now, principal: guard.principal };
  try {
    const { plan, view, asked, refusal } = await proposeRecreation(id, requestId, ports);
    const degradation = await degradationIn(place, view.deployment);
    terminal.say([planText(plan, degradation, place.words, guard), ...others(command, requests), ""].join("\n"));
    terminal.tell({ plan });
    if (refusal !== undefined) return refuse(terminal, `It cannot be done: ${refusal} Nothing was changed.`);
    if (!(await accepted(command))) return REFUSED;
    const by = { requestedBy: requesterOf(place), via: "terminal" as const, approved: true };
    await writeRequest(guard.records, newRequest(requestId, { ...asked, ...by }, place.now()));
  } catch (error) {
    if (error instanceof FinalError)
      return refuse(terminal, `${place.words}\n${guard.words}\n\nIt cannot be planned: ${error.message} Nothing was changed.`);
    throw error;
  }
  await guard.begin(requestId);
  return follow(requestId, guard, place, terminal);
}

async function resumed(command: RecreateCommand, request: OperationRequest, requests: readonly OperationRequest[]): Promise<Ended> {
  const { place, guard, terminal } = command;
  const { deploymentName, deploymentId, intent, outcome } = request;
  const requestId = requestIdOf(request.key) ?? "";
  const { TargetEngineVersion, TargetDBClusterParameterGroupName, TargetDBParameterGroupName, BlueGreenDeploymentName } =
    intent?.create ?? {};
  const groups = [TargetDBClusterParameterGroupName, TargetDBParameterGroupName].filter((name) => name !== undefined).join(", ");
  terminal.say(
    [
      place.words,
      guard.words,
      "",
      `${deploymentName} (${deploymentId}) ${goneWords(request)}, and nothing was created in its place:`,
      `  ${outcome?.text ?? "the operation ended before it could say why."}`,
      `Go on from the saved spec: create ${BlueGreenDeploymentName}, engine version ${TargetEngineVersion}, parameter groups ${groups}.`,
      ...others(command, requests, requestId),
      "",
    ].join("\n"),
  );
  if (!(await accepted(command))) return REFUSED;
  await resumeRequest(guard.records, requestId, requesterOf(place), place.now());
  await guard.begin(requestId);
  return follow(requestId, guard, place, terminal);
}

function goneWords({ deletedAt, deletionBegunAt = "" }: OperationRequest): string {
  return deletedAt ? `was deleted at ${utc(deletedAt)}` : `was about to be deleted at ${utc(deletionBegunAt)} and is gone`;
}

async function accepted({ yes, terminal }: RecreateCommand): Promise<boolean> {
  if (yes) return true;
  if (!terminal.canAsk) {
    terminal.say("Nobody is at the terminal to accept it: --yes does, unknown checks included. Nothing was changed.");
    return false;
  }
  const accepts = await terminal.confirms(`Type ${WORD} to have it done; anything else changes nothing: `, WORD);
  if (!accepts) terminal.say("Nothing was changed.");
  return accepts;
}

function refuse(terminal: Terminal, text: string): Ended {
  terminal.say(text);
  return REFUSED;
}

/** Who types, as far as AWS knows him. */
export const requesterOf = ({ identity }: Place): string => identity?.caller ?? process.env["USER"] ?? "somebody at a terminal";
