import { findDeployment, isNotFound } from "../../../src/deployments/find-deployment.ts";
import { utc } from "../../../src/deployments/time-words.ts";
import { say } from "../../../src/messages/form.ts";
import * as words from "../../../src/messages/language.ts";
import { needsFullName } from "../../../src/messages/plan-shape.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { quietOn, readBlue } from "../../../src/operations/claim.ts";
import { findHalfDone, onlyBeginning, severalMeant } from "../../../src/operations/find-request.ts";
import { proposeRecreation } from "../../../src/operations/propose.ts";
import { whyNotAsAsked } from "../../../src/operations/recreate/asked-fields.ts";
import { isHalfDone, type OperationRequest, requestIdOf } from "../../../src/operations/request.ts";
import { openRequests, resumeRequest } from "../../../src/operations/requests.ts";
import { type AskedCommand, accepted, ask, followRunning, others, REFUSED, refuse, requesterOf } from "./asked.ts";
import { type Ended, follow } from "./follow.ts";
import { planText } from "./plan-text.ts";

/** Follows or resumes what is under way or half done for the deployment; otherwise plans, asks and starts. */
export async function recreateDeployment(command: AskedCommand): Promise<Ended> {
  const { typed, place, guard, terminal } = command;
  const requests = await openRequests(guard.records);
  const running = await followRunning("recreate", requests, command);
  if (running) return running;
  const found = findDeployment(await place.rds.deployments(), typed);
  if (!isNotFound(found)) return planned(command, found.id, requests);
  const halfDone = requests.filter((it) => isHalfDone(it, place.now()));
  const several = severalMeant(halfDone, typed);
  const unfinished = findHalfDone(halfDone, typed, place.now());
  if (unfinished && several === undefined) return resumed(command, unfinished, requests);
  const why = say(words.NOT_FOUND, several ?? onlyBeginning(halfDone, typed) ?? found, inTerminal);
  return refuse(terminal, [place.words, guard.words, "", why].join("\n"));
}

function planned(command: AskedCommand, id: string, requests: readonly OperationRequest[]): Promise<Ended> {
  const { typed, place, guard, fields } = command;
  const ports = { rds: place.rds, metrics: place.metrics, records: guard.records, now: place.now, principal: guard.principal };
  return ask(command, requests, async (requestId) => {
    const { plan, standing, incomplete, asked, refusals } = await proposeRecreation(id, requestId, ports, fields);
    const text = planText(plan, { standing, incomplete }, place.words, guard);
    if (needsFullName(standing, typed)) return { text, plan, asked, refusal: words.fullNameNeeded(standing, inTerminal) };
    const why = refusals.map((it) => words.reasonWords(it, inTerminal)).join(" ");
    return { text, plan, asked, ...(why !== "" && { refusal: words.cannotBeDone(why) }) };
  });
}

async function resumed(command: AskedCommand, request: OperationRequest, requests: readonly OperationRequest[]): Promise<Ended> {
  const { place, guard, terminal } = command;
  const { deploymentName, deploymentId, intent, outcome } = request;
  const requestId = requestIdOf(request.key) ?? "";
  const otherwise = whyNotAsAsked(request, command.fields);
  if (otherwise !== undefined) return refuse(terminal, [place.words, guard.words, "", words.reasonWords(otherwise, inTerminal)].join("\n"));
  const { TargetEngineVersion, TargetDBClusterParameterGroupName, TargetDBParameterGroupName, BlueGreenDeploymentName } =
    intent?.create ?? {};
  const quiet = quietOn(await readBlue(request.blue, guard.records), place.now());
  if (quiet !== undefined) return refuse(terminal, [place.words, guard.words, "", words.reasonWords(quiet, inTerminal)].join("\n"));
  const groups = [TargetDBClusterParameterGroupName, TargetDBParameterGroupName].filter((name) => name !== undefined).join(", ");
  terminal.say(
    [
      place.words,
      guard.words,
      "",
      `${deploymentName} (${deploymentId}) ${goneWords(request)}, and nothing was created in its place:`,
      `  ${outcome ? words.saidWords(outcome.said, inTerminal) : "the operation ended before it could say why."}`,
      `Go on from the saved spec: create ${BlueGreenDeploymentName}, engine version ${TargetEngineVersion}, parameter groups ${groups}.`,
      ...others(command, requests, requestId),
      "",
    ].join("\n"),
  );
  if (!(await accepted(command))) return REFUSED;
  await resumeRequest(guard.records, requestId, requesterOf(place), place.now());
  await guard.begin("recreate", requestId);
  return follow(requestId, guard, place, terminal);
}

function goneWords({ deletedAt, deletionBegunAt = "" }: OperationRequest): string {
  return deletedAt ? `was deleted at ${utc(deletedAt)}` : `was about to be deleted at ${utc(deletionBegunAt)} and is gone`;
}
