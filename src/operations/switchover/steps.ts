import type { Deployment } from "../../deployments/deployment.ts";
import { utcTime } from "../../deployments/time-words.ts";
import { notReadyYet } from "../../plans/readiness.ts";
import { FinalError } from "../final-error.ts";
import { writeNote } from "../notes.ts";
import { type Look, mayHeal } from "../polling.ts";
import { type OperationRequest, requestKey } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { mayGoOn } from "../use-request.ts";
import { viewOf } from "../view-of.ts";
import { sentence } from "../words.ts";
import { planSwitchover, sidesOf } from "./plan.ts";
import type { SwitchoverEvent, SwitchoverPorts } from "./ports.ts";

const TEN_MINUTES_MS = 600_000;
/** How long RDS may take to show in status or events that it took the call. */
const SHOWS_WITHIN_MS = 120_000;
/** How much longer than its timeout a switchover may take, rollback included, before it is called unclear. */
const ROLLBACK_MS = 30 * 60_000;

const CHANGED = "The deployment is not as it was when the plan was confirmed. Look at the new plan, and confirm that one.";

/** Thrown where it is not sure yet whether RDS took the call; trying again finds out. */
class NotSureYetError extends Error {
  override readonly name = "NotSureYetError";
}

/** Makes the plan again, refuses where it is not the one that was confirmed, and writes down how both sides are now. */
export async function intendSwitchover(
  request: OperationRequest,
  requestId: string,
  execution: string,
  ports: SwitchoverPorts,
): Promise<void> {
  if (request.before) return;
  const { view, asked, refusal } = await planSwitchover(request.deploymentId, request.timeoutSeconds ?? 0, ports, execution);
  if (refusal !== undefined && notReadyYet(view).length === 0) throw new FinalError(`It is not ready: ${refusal}`);
  if (asked.stateHash !== request.stateHash) throw new FinalError(CHANGED);
  await amendRequest(ports.records, requestId, (it) => (it.before ? it : { ...it, before: sidesOf(view) }));
}

/** Whether green's databases are ready; broken where they are not within ten minutes of the note `since` (ISO 8601). */
export async function lookReady({ deploymentId }: OperationRequest, since: string, { rds, now }: SwitchoverPorts): Promise<Look> {
  const view = await viewOf(deploymentId, rds);
  if (!view) return { done: false, broken: `Deployment ${deploymentId} is gone.` };
  const waiting = notReadyYet(view);
  if (waiting.length === 0) return { done: true };
  const over = now() - Date.parse(since) >= TEN_MINUTES_MS;
  return {
    done: false,
    shows: waiting.join(", "),
    broken: over ? `Green is not ready after ten minutes: ${waiting.join(", ")}.` : undefined,
  };
}

/**
 * Calls SwitchoverBlueGreenDeployment at most once: what is written down before the call says that it may have been made.
 *
 * After a crash, a lost answer or InvalidBlueGreenDeploymentStateFault it calls again only once status and events say that no attempt was made.
 * Source of that fault while green is not ready to RDS itself: hashicorp/terraform-provider-aws#36241.
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
    // What RDS refuses for good it has not begun.
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
  // One that failed before says so from the beginning.
  if (deployment.status !== "AVAILABLE" && before?.status !== deployment.status) return true;
  const events = await ports.switchoverEvents(deployment, at);
  if (events.length > 0) return true;
  if (now() - at < SHOWS_WITHIN_MS) throw new NotSureYetError("It is not sure yet whether RDS has begun: it is looked at again.");
  return false;
}

/** How a switchover ended, as API and events say. */
export interface SwitchoverEnd {
  result: "done" | "cancelled" | "failed" | "unclear";
  reason?: string;
}

/** Whether the switchover has ended; how is read again afterwards. What RDS's events say meanwhile is written down. */
export async function lookEnded(requestId: string, ports: SwitchoverPorts): Promise<Look> {
  const { end, shows, events, noted } = await seeSwitchover(requestId, ports);
  // The same completion is listed under the old name and the new one.
  const once = events.filter(({ text }, index) => events.findIndex((it) => it.text === text) === index);
  for (const { at, text } of once) {
    const words = `RDS, ${utcTime(at)}: ${text}`;
    if (!noted.has(words)) await writeNote(requestId, "reported", words, ports);
  }
  return { done: end !== undefined, shows };
}

/** How a switchover stands. */
interface SwitchoverSeen {
  /** Absent while it is under way. */
  end?: SwitchoverEnd;
  /** The deployment's status. */
  shows: string;
  /** What RDS listed of it since the attempt. */
  events: SwitchoverEvent[];
  /** What is written down of it already. */
  noted: ReadonlySet<string>;
}

/** How the switchover stands, as API and events say. */
export async function seeSwitchover(requestId: string, ports: SwitchoverPorts): Promise<SwitchoverSeen> {
  const { records, rds, now } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  const deployment = request && (await rds.deployment(request.deploymentId));
  if (!request || !deployment)
    return {
      end: { result: "unclear", reason: "RDS does not know the deployment any more." },
      shows: "gone",
      events: [],
      noted: new Set(),
    };
  const since = Date.parse(request.attemptedAt ?? "");
  const isLate = now() - since >= (request.timeoutSeconds ?? 0) * 1_000 + ROLLBACK_MS;
  const events = await ports.switchoverEvents(deployment, since);
  const noted = new Set(request.notes?.map(({ text }) => text));
  return { end: endOf(deployment, request, events, isLate), shows: deployment.status, events, noted };
}

function endOf(
  deployment: Deployment,
  { before }: OperationRequest,
  events: readonly SwitchoverEvent[],
  isLate: boolean,
): SwitchoverEnd | undefined {
  const { status, statusDetails, members } = deployment;
  const isEverywhere = members.every((it) => it.status === "SWITCHOVER_COMPLETED");
  if (status === "SWITCHOVER_COMPLETED" && (isLate || isEverywhere)) return { result: "done" };
  // One that failed before says so from the beginning: then only events tell that it did again.
  if (status === "SWITCHOVER_FAILED" && (before?.status !== status || events.length > 0))
    return { result: "failed", reason: statusDetails ?? "RDS says SWITCHOVER_FAILED, and not why." };
  const cancelled = events.filter(({ signal }) => signal === "switchover-cancelled" || signal === "sequence-sync-failed");
  const why = cancelled.findLast(({ reason, degraded }) => reason !== undefined || degraded) ?? cancelled.at(-1);
  if (status !== "SWITCHOVER_IN_PROGRESS" && why) return { result: "cancelled", reason: cancelWords(why) };
  if (!isLate) return undefined;
  const saw = events.map(({ at, text }) => `${at} ${text}`).join(" ") || "no event of it";
  return { result: "unclear", reason: `RDS says ${status} and listed: ${saw}.` };
}

const cancelWords = ({ text, reason, degraded }: SwitchoverEvent): string =>
  `${sentence(reason ?? text)}${degraded ? " Replication is degraded: green cannot be switched to any more, recreate the deployment." : ""}`;
