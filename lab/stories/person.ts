import * as words from "../../src/messages/language.ts";
import { inTerminal } from "../../src/messages/terminal/form.ts";
import { type OperationRequest, requestIdOf, requestKey } from "../../src/operations/request.ts";
import { openRequests } from "../../src/operations/requests.ts";
import { switchover } from "../../src/operations/switchover/operation.ts";
import type { Check } from "../../src/plans/checks.ts";
import { terminalCommand } from "../../src/plans/command-lines.ts";
import type { PlanStep } from "../../src/plans/plan.ts";
import { type Planned, planFor, planSwitchoverFor, resume } from "../operator.ts";
import type { Stage } from "./story.ts";
import { pass } from "./team.ts";

/** A person at a terminal, in a story. */
export type Person = Pick<Stage, "clock" | "url" | "records" | "say">;

/** Somebody reads the plan for recreating a deployment and says yes; returns the request's id. @throws Error if it cannot be done */
export async function recreate(person: Person, deploymentId: string): Promise<string> {
  const planned = await planFor(person, deploymentId);
  return confirm(person, planned, terminalCommand("recreate", planned.plan.deployment.name));
}

/**
 * Somebody reads whether a deployment is ready for a switchover and says yes; returns the request's id. @throws Error if it is not ready
 */
export async function switchOver(
  person: Person,
  deploymentId: string,
  timeoutSeconds: number = switchover.timeout.leftOut,
): Promise<string> {
  const planned = await planSwitchoverFor(person, deploymentId, timeoutSeconds);
  const timeout = timeoutSeconds === switchover.timeout.leftOut ? "" : ` --timeout ${timeoutSeconds}`;
  return confirm(person, planned, terminalCommand("switchover", planned.plan.deployment.name) + timeout);
}

type Confirmable = Planned<{ checks: readonly Check[]; steps: readonly PlanStep[] }>;

async function confirm(person: Person, { plan, requestId, confirm }: Confirmable, command: string): Promise<string> {
  const passed = plan.checks.filter(({ result }) => result === "pass").length;
  person.say(`Somebody runs ${command} and reads the plan. ${plan.checks.length} checks, ${passed} of them pass.`);
  for (const [index, step] of plan.steps.entries()) person.say(`  ${index + 1}. ${words.stepText(step, inTerminal)}`);
  person.say("They type yes.");
  await confirm();
  return requestId;
}

/** Somebody resumes an operation that deleted green and could not create it again. */
export async function goOn(person: Person, requestId: string): Promise<void> {
  const { deploymentName } = await resume(person, requestId);
  person.say(
    `Somebody runs ${terminalCommand("recreate", deploymentName)} once more: it offers to go on from the saved spec. They type yes.`,
  );
}

/** Waits until the operation has ended, and returns how. */
export function ended(person: Person, requestId: string): Promise<OperationRequest> {
  return once(person, requestId, ({ outcome }) => outcome !== undefined);
}

/** Waits until RDS has taken the deletion. */
export async function deletionBegun(person: Person, requestId: string): Promise<void> {
  await once(person, requestId, (it) => it.deletedAt !== undefined || it.outcome !== undefined);
}

/** Waits until an operation has created its deployment; returns the deployment's id. */
export async function created(person: Person, requestId: string): Promise<string> {
  return (await once(person, requestId, (it) => it.created !== undefined)).created ?? "";
}

/** Waits until the guard itself requests an operation on the deployment; returns the request's id. */
export async function requestOf(person: Person, deploymentId: string): Promise<string> {
  for (;;) {
    const found = (await openRequests(person.records)).find((it) => it.deploymentId === deploymentId);
    if (found) return requestIdOf(found.key) ?? "";
    await pass(person, 1);
  }
}

async function once(person: Person, requestId: string, is: (request: OperationRequest) => boolean): Promise<OperationRequest> {
  for (;;) {
    const request = await person.records.read<OperationRequest>(requestKey(requestId));
    if (request && is(request)) return request;
    await pass(person, 1);
  }
}
