import { utcTime } from "../../deployments/time-words.ts";
import { notReadyYet } from "../../plans/obstacle-words.ts";
import { FinalError } from "../final-error.ts";
import { writeNote } from "../notes.ts";
import { type Look, mayHeal } from "../polling.ts";
import { viewOf } from "../read/view-of.ts";
import { rememberNames } from "../remember-names.ts";
import { type OperationRequest, requestKey } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { mayGoOn } from "../use-request.ts";
import { seeSwitchover, standingIn } from "./ending.ts";
import { planSwitchover, sidesOf } from "./plan.ts";
import type { SwitchoverPorts } from "./ports.ts";

const TEN_MINUTES_MS = 600_000;
/** How long RDS may take to show in status or events that it accepted the call. */
const SHOWS_WITHIN_MS = 120_000;

const CHANGED = "The deployment is not as it was when the plan was confirmed. Look at the new plan, and confirm that one.";

/** Thrown while it is uncertain whether RDS accepted the call; trying again finds out. */
class NotSureYetError extends Error {
  override readonly name = "NotSureYetError";
}

/** Makes the plan again, refuses if it is not the one that was confirmed, and records both sides and their names as they are now. */
export async function intendSwitchover(
  request: OperationRequest,
  requestId: string,
  execution: string,
  ports: SwitchoverPorts,
): Promise<void> {
  if (request.before) return;
  const { view, standing, asked, refusal } = await planSwitchover(request.deploymentId, request.timeoutSeconds ?? 0, ports, execution);
  if (refusal !== undefined && notReadyYet(standing).length === 0) throw new FinalError(`It is not ready: ${refusal}`);
  if (asked.stateHash !== request.stateHash) throw new FinalError(CHANGED);
  await rememberNames(view, ports.records);
  await amendRequest(ports.records, requestId, (it) => (it.before ? it : { ...it, before: sidesOf(view) }));
}

/** Whether green's databases are ready; broken if they are not within ten minutes of the note `since` (ISO 8601). */
export async function lookReady({ deploymentId }: OperationRequest, since: string, ports: SwitchoverPorts): Promise<Look> {
  const { rds, records, now } = ports;
  const view = await viewOf(deploymentId, rds);
  if (!view) return { done: false, broken: `Deployment ${deploymentId} is gone.` };
  const waiting = notReadyYet(await standingIn(view, records, now()));
  if (waiting.length === 0) return { done: true };
  const over = now() - Date.parse(since) >= TEN_MINUTES_MS;
  return {
    done: false,
    shows: waiting.join(", "),
    broken: over ? `Green is not ready after ten minutes: ${waiting.join(", ")}.` : undefined,
  };
}

/**
 * Calls SwitchoverBlueGreenDeployment at most once: the request says before the call that it may have been made.
 *
 * After a crash, a lost answer or InvalidBlueGreenDeploymentStateFault it calls again only if status and events show no switchover.
 * Source for that fault while RDS itself does not consider green ready: hashicorp/terraform-provider-aws#36241.
 */
export async function attempt(requestId: string, execution: string, ports: SwitchoverPorts): Promise<void> {
  const { records, rds, now } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request) throw new FinalError(`The request ${requestId} is not there any more.`);
  const { deploymentId, blue, timeoutSeconds = 0 } = request;
  if (request.attemptedAt !== undefined) {
    if (await wasAttempted(request, ports)) return;
    await amendRequest(records, requestId, (it) => ({ ...it, attemptedAt: undefined }));
  }
  await mayGoOn(requestId, blue, execution, records);
  const { asked, refusal } = await planSwitchover(deploymentId, timeoutSeconds, ports, execution);
  if (refusal !== undefined) throw new FinalError(`It is not ready: ${refusal}`);
  if (asked.blue !== blue) throw new FinalError("Blue is not the database of the request: it was replaced since.");
  if (asked.stateHash !== request.stateHash) throw new FinalError(CHANGED);
  const at = new Date(now()).toISOString();
  const firstAt = Date.parse(request.firstAttemptedAt ?? at);
  if (now() - firstAt >= TEN_MINUTES_MS) throw new FinalError("RDS has refused the switchover for ten minutes, though all looks ready.");
  await amendRequest(records, requestId, (it) => ({ ...it, attemptedAt: at, firstAttemptedAt: it.firstAttemptedAt ?? at }));
  try {
    await rds.switchOver(deploymentId, timeoutSeconds);
  } catch (error) {
    if (!(error instanceof Error) || mayHeal(error)) throw error;
    // RDS has not started what it refuses for good.
    await amendRequest(records, requestId, (it) => ({ ...it, attemptedAt: undefined }));
    throw new FinalError(`RDS refused it: ${error.message}`);
  }
}

/** @throws NotSureYetError while RDS may not show it yet */
async function wasAttempted({ deploymentId, before, attemptedAt = "" }: OperationRequest, ports: SwitchoverPorts): Promise<boolean> {
  const { rds, now } = ports;
  const at = Date.parse(attemptedAt);
  const deployment = await rds.deployment(deploymentId);
  if (!deployment) throw new FinalError(`Deployment ${deploymentId} is gone.`);
  if (!["AVAILABLE", "SWITCHOVER_FAILED"].includes(deployment.status)) return true;
  // If its switchover failed before, the deployment has this status from the beginning.
  if (deployment.status !== "AVAILABLE" && before?.status !== deployment.status) return true;
  const events = await ports.switchoverEvents(deployment, at);
  if (events.length > 0) return true;
  if (now() - at < SHOWS_WITHIN_MS) throw new NotSureYetError("It is not sure yet whether RDS has begun: it is looked at again.");
  return false;
}

/** Whether the switchover has ended; how it ended is read again afterwards. Records what RDS's events say meanwhile. */
export async function lookEnded(requestId: string, ports: SwitchoverPorts): Promise<Look> {
  const { end, shows, events, noted } = await seeSwitchover(requestId, ports);
  // RDS lists the same completion under the old name and the new one.
  const once = events.filter(({ text }, index) => events.findIndex((it) => it.text === text) === index);
  for (const { at, text } of once) {
    const words = `RDS, ${utcTime(at)}: ${text}`;
    if (!noted.has(words)) await writeNote(requestId, "reported", words, ports);
  }
  return { done: end !== undefined, shows };
}
