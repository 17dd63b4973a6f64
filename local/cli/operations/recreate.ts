import { randomUUID } from "node:crypto";
import { recreatePorts } from "../../../src/handlers/recreate.ts";
import { proposeRecreation } from "../../../src/operations/propose.ts";
import { FinalError, type RecreatePorts } from "../../../src/operations/recreate-ports.ts";
import { newRequest, type OperationRequest, requestIdOf } from "../../../src/operations/request.ts";
import { openRequests, resumeRequest, writeRequest } from "../../../src/operations/requests.ts";
import { DEFAULTS } from "../../../src/settings.ts";
import { findDeployment, halfDone, NotFoundError, underWay } from "./find.ts";
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
export async function recreateCommand(command: RecreateCommand): Promise<Ended> {
  const { typed, place, guard, terminal } = command;
  const requests = await openRequests(guard.records);
  const running = underWay(requests, typed, place.now());
  if (running) {
    terminal.say([place.words, guard.words, "", goingOn(running)].join("\n"));
    return follow(requestIdOf(running.key) ?? "", guard, place, terminal);
  }
  const found = findDeployment(await place.rds.deployments(), typed);
  if (!(found instanceof NotFoundError)) return planned(command, found.id);
  const unfinished = halfDone(requests, typed);
  if (unfinished) return resumed(command, unfinished);
  terminal.say([place.words, guard.words, "", found.message].join("\n"));
  return REFUSED;
}

const goingOn = ({ requestedBy, requestedAt, deploymentName, deploymentId }: OperationRequest): string =>
  `A recreation of ${deploymentName} (${deploymentId}), asked for by ${requestedBy} at ${requestedAt}, is under way. This follows it.`;

async function planned(command: RecreateCommand, id: string): Promise<Ended> {
  const { place, guard, terminal } = command;
  const requestId = randomUUID();
  const ports = planningPorts(place, guard);
  try {
    const { plan, view, asked, refusal } = await proposeRecreation(id, requestId, ports);
    const degradation = await ports.degradation(view.deployment);
    terminal.say(`${planText(plan, degradation, place.words, guard.words)}\n`);
    terminal.tell({ plan });
    if (refusal !== undefined) return refuse(terminal, `It cannot be done: ${refusal} Nothing was changed.`);
    if (!(await accepted(command))) return REFUSED;
    const by = { requestedBy: requesterOf(place), via: "terminal" as const, approved: true };
    await writeRequest(guard.records, newRequest(requestId, { ...asked, ...by }, place.now()));
  } catch (error) {
    if (error instanceof FinalError) return refuse(terminal, `${place.words}\n${guard.words}\n\n${error.message}`);
    throw error;
  }
  await guard.begin(requestId);
  return follow(requestId, guard, place, terminal);
}

async function resumed(command: RecreateCommand, request: OperationRequest): Promise<Ended> {
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
      `${deploymentName} (${deploymentId}) was deleted at ${request.deletedAt ?? request.deletionBegunAt}, and nothing was created in its place:`,
      `  ${outcome?.text ?? "the operation ended before it could say why."}`,
      `Go on from the saved spec: create ${BlueGreenDeploymentName}, engine version ${TargetEngineVersion}, parameter groups ${groups}.`,
      "",
    ].join("\n"),
  );
  if (!(await accepted(command))) return REFUSED;
  await resumeRequest(guard.records, requestId, requesterOf(place), place.now());
  await guard.begin(requestId);
  return follow(requestId, guard, place, terminal);
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

function planningPorts({ rds, now }: Place, { records, principal }: Guard): RecreatePorts {
  const time = { now, until: async () => undefined };
  const executions = { read: async () => undefined };
  const ports = recreatePorts({
    rds,
    records,
    executions,
    time,
    principal,
    stuckAfterHours: DEFAULTS.stuckAfterHours,
    automatic: DEFAULTS,
  });
  return { ...ports, tell: async () => false };
}
