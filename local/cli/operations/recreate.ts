import { findDeployment, NotFoundError } from "../../../src/deployments/find-deployment.ts";
import { utc } from "../../../src/deployments/time-words.ts";
import { fullNameNeeded } from "../../../src/messages/plan-parts.ts";
import { quietWords, readBlue } from "../../../src/operations/claim.ts";
import { beginningWords, findHalfDone, severalWords } from "../../../src/operations/find-request.ts";
import { proposeRecreation } from "../../../src/operations/propose.ts";
import { whyNotAsAsked } from "../../../src/operations/recreate/asked-fields.ts";
import { isHalfDone, type OperationRequest, requestIdOf } from "../../../src/operations/request.ts";
import { isResumedBy, openRequests, resumeRequest } from "../../../src/operations/requests.ts";
import {
  type AskedCommand,
  accepted,
  ask,
  followRunning,
  handOverAgain,
  notFoundWords,
  others,
  REFUSED,
  refuse,
  requesterOf,
} from "./asked.ts";
import { type Ended, follow } from "./follow.ts";
import { planText } from "./plan-text.ts";

/** Follows or resumes what is under way or half done for the deployment; otherwise plans, asks and starts. */
export async function recreateDeployment(command: AskedCommand): Promise<Ended> {
  const { typed, place, guard, terminal } = command;
  const requests = await openRequests(guard.records);
  const running = await followRunning("recreate", requests, command);
  if (running) return running;
  const found = findDeployment(await place.rds.deployments(), typed);
  if (!(found instanceof NotFoundError)) return planned(command, found.id, requests);
  const halfDone = requests.filter((it) => isHalfDone(it, place.now()));
  const several = severalWords(halfDone, typed);
  const unfinished = findHalfDone(halfDone, typed, place.now());
  if (unfinished && several === undefined) return resumed(command, unfinished, requests);
  const words = several ?? beginningWords(halfDone, typed) ?? (await notFoundWords(found, guard));
  return refuse(terminal, [place.words, guard.words, "", words].join("\n"));
}

function planned(command: AskedCommand, id: string, requests: readonly OperationRequest[]): Promise<Ended> {
  const { typed, place, guard, fields } = command;
  const ports = { rds: place.rds, metrics: place.metrics, records: guard.records, now: place.now, principal: guard.principal };
  return ask(command, requests, async (requestId) => {
    const { plan, standing, incomplete, asked, refusal } = await proposeRecreation(id, requestId, ports, fields);
    const text = planText(plan, { standing, incomplete }, place.words, guard);
    const name = fullNameNeeded(standing, typed);
    return { text, plan, asked, refusal: name ?? (refusal && `It cannot be done: ${refusal}`) };
  });
}

async function resumed(command: AskedCommand, request: OperationRequest, requests: readonly OperationRequest[]): Promise<Ended> {
  const { place, guard, terminal } = command;
  const { deploymentName, deploymentId, intent, outcome } = request;
  const requestId = requestIdOf(request.key) ?? "";
  const otherwise = whyNotAsAsked(request, command.fields);
  if (otherwise !== undefined) return refuse(terminal, [place.words, guard.words, "", otherwise].join("\n"));
  const { TargetEngineVersion, TargetDBClusterParameterGroupName, TargetDBParameterGroupName, BlueGreenDeploymentName } =
    intent?.create ?? {};
  const quiet = quietWords(await readBlue(request.blue, guard.records), place.now());
  if (quiet !== undefined) return refuse(terminal, [place.words, guard.words, "", quiet].join("\n"));
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
  const [by, now] = [requesterOf(place), place.now()];
  const isOurs = isResumedBy(await resumeRequest(guard.records, requestId, by, now), by, now);
  // Somebody else may have gone on with it while the person read.
  await (isOurs ? guard.begin("recreate", requestId) : handOverAgain("recreate", requestId, command));
  return follow(requestId, guard, place, terminal);
}

function goneWords({ deletedAt, deletionBegunAt = "" }: OperationRequest): string {
  return deletedAt ? `was deleted at ${utc(deletedAt)}` : `was about to be deleted at ${utc(deletionBegunAt)} and is gone`;
}
