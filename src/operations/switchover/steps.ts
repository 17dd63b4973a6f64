import { isTransient, wasNotTaken } from "../../clients/transient.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import { isSame } from "../../facts/hash-of.ts";
import { notReadyYet } from "../../standing/obstacles.ts";
import { FinalError } from "../final-error.ts";
import { requireInTime } from "../in-time.ts";
import { isMissing, onceListed } from "../missing.ts";
import { writeNote } from "../notes.ts";
import { viewOf } from "../read/view-of.ts";
import { rememberNames } from "../remember-names.ts";
import { type OperationRequest, requestKey } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { mayHeal, NotSureYetError } from "../retry.ts";
import type { Said } from "../says/sayings.ts";
import { beginChange, mayGoOn, notCancelled } from "../use-request.ts";
import { type Look, SOON_SECONDS } from "../waiting/look.ts";
import { CLOCKS_DIFFER_MS, type SwitchoverEnd, seeSwitchover, standingIn } from "./ending.ts";
import { planSwitchover, sidesOf } from "./plan.ts";
import type { SwitchoverPorts } from "./ports.ts";

/** Whether RDS has taken the call; `unsure` if its answer was lost. */
export type Attempted = "begun" | "unsure";

const TEN_MINUTES_MS = 600_000;
/** How long RDS is left alone after it has refused the call as not ready. */
const REST_MS = 120_000;

/** Makes the plan again, refuses if it is not the one that was confirmed, and records both sides and their names as they are now. */
export async function intendSwitchover(
  request: OperationRequest,
  requestId: string,
  execution: string,
  ports: SwitchoverPorts,
): Promise<void> {
  if (request.before) return;
  const { deploymentId, timeoutSeconds = 0 } = request;
  await notCancelled(requestId, ports.records);
  requireInTime(request, ports.now());
  const read = () => planSwitchover(deploymentId, timeoutSeconds, ports, execution);
  const { view, standing, asked, failed } = await onceListed(requestId, deploymentId, read, ports);
  if (failed.length > 0 && notReadyYet(standing).length === 0) throw new FinalError({ code: "checks-forbid-switchover", checks: failed });
  if (asked.stateHash !== request.stateHash) throw new FinalError({ code: "plan-outdated" });
  await rememberNames(view, ports.records);
  await amendRequest(ports.records, requestId, (it) => (it.before ? it : { ...it, before: sidesOf(view) }));
}

/** Whether green's databases are ready; broken if they are not within ten minutes of the note `since` (ISO 8601), or if it was cancelled. */
export async function lookReady(
  request: OperationRequest | undefined,
  deploymentId: string,
  requestId: string,
  since: string,
  ports: SwitchoverPorts,
): Promise<Look> {
  const { rds, records, now } = ports;
  const cancelled = request?.cancelled;
  if (cancelled) return { done: false, broken: { code: "cancelled", ...cancelled } };
  const view = await viewOf(deploymentId, rds);
  const gone = await isMissing(requestId, deploymentId, view === undefined, ports, { request });
  if (!view) return { done: false, within: SOON_SECONDS, broken: gone ? { code: "gone", id: deploymentId } : undefined };
  const obstacles = notReadyYet(await standingIn(view, records, now()));
  if (obstacles.length === 0) return { done: true };
  const over = now() - Date.parse(since) >= TEN_MINUTES_MS;
  return {
    done: false,
    shows: { code: "waiting-for-green", obstacles },
    broken: over ? { code: "green-not-ready", obstacles } : undefined,
  };
}

/**
 * Calls SwitchoverBlueGreenDeployment at most once: the request says before the call that it may have been made.
 *
 * It calls again only if RDS refused this very call, or the call never left; a lost answer, silence and an empty list of events prove nothing.
 * Source for InvalidBlueGreenDeploymentStateFault while RDS itself does not consider green ready: hashicorp/terraform-provider-aws#36241.
 */
export async function attempt(requestId: string, execution: string, ports: SwitchoverPorts): Promise<Attempted> {
  const { records, now } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (!request) throw new FinalError({ code: "request-lost", requestId });
  const { deploymentId, blue, timeoutSeconds = 0 } = request;
  if (request.attemptedAt !== undefined) return request.acceptedAt === undefined ? "unsure" : "begun";
  await mayGoOn(request, execution, records);
  requireInTime(request, now());
  if (now() - Date.parse(request.refusedAt ?? "") < REST_MS) throw new NotSureYetError({ code: "refused-as-not-ready" });
  const read = () => planSwitchover(deploymentId, timeoutSeconds, ports, execution);
  const { asked, failed, lastEventAt, view } = await onceListed(requestId, deploymentId, read, ports);
  if (failed.length > 0) throw new FinalError({ code: "checks-forbid-switchover", checks: failed });
  if (asked.blue !== blue) throw new FinalError({ code: "other-blue" });
  if (asked.stateHash !== request.stateHash) throw new FinalError({ code: "plan-outdated" });
  if (request.refusedAt !== undefined) await nobodyElse(view.deployment, request, ports);
  const at = new Date(now()).toISOString();
  const firstAt = Date.parse(request.firstAttemptedAt ?? at);
  if (now() - firstAt >= TEN_MINUTES_MS) throw new FinalError({ code: "refused-for-ten-minutes" });
  const begins = (it: OperationRequest) => ({ ...it, attemptedAt: at, firstAttemptedAt: it.firstAttemptedAt ?? at, lastEventAt });
  await beginChange(requestId, execution, begins, records);
  return call(request, requestId, ports);
}

/** Where RDS refused because of a switchover that has ended since, a person has to look. @throws FinalError if somebody else began one */
async function nobodyElse(deployment: Deployment, { firstAttemptedAt = "", lastEventAt = "" }: OperationRequest, ports: SwitchoverPorts) {
  const events = await ports.switchoverEvents(deployment, Date.parse(firstAttemptedAt) - CLOCKS_DIFFER_MS);
  const other = events.find(({ at }) => at > lastEventAt);
  if (other) throw new FinalError({ code: "somebody-else-switches", at: other.at, text: other.text });
}

async function call(request: OperationRequest, requestId: string, { rds, records, now }: SwitchoverPorts): Promise<Attempted> {
  const { deploymentId, timeoutSeconds = 0, firstAttemptedAt } = request;
  const amend = (change: Partial<OperationRequest>) => amendRequest(records, requestId, (it) => ({ ...it, ...change }));
  const at = () => new Date(now()).toISOString();
  try {
    await rds.switchOver(deploymentId, timeoutSeconds);
  } catch (error) {
    if (!(error instanceof Error) || !wasNotTaken(error)) return "unsure";
    // RDS has not begun what it refuses.
    const isPassing = isTransient(error);
    await amend({ attemptedAt: undefined, ...(isPassing ? { firstAttemptedAt } : { refusedAt: at() }) });
    throw isPassing || mayHeal(error) ? error : new FinalError({ code: "switchover-refused", text: error.message });
  }
  await amend({ acceptedAt: at() });
  return "begun";
}

/** Whether the switchover has ended; how it ended is read again afterwards. Records what RDS's events say meanwhile. */
export async function lookEnded(requestId: string, ports: SwitchoverPorts): Promise<Look> {
  const { end, shows, events, noted, within } = await seeSwitchover(requestId, ports);
  // RDS lists the same completion under the old name and the new one.
  const once = events.filter(({ text }, index) => events.findIndex((it) => it.text === text) === index);
  for (const { at, text } of once) {
    const said: Said = { code: "rds-said", at, text };
    if (!noted.some((it) => isSame(it, said))) await writeNote(requestId, "reported", said, ports);
  }
  return { done: end !== undefined, shows, within };
}

/** How it ended, read once more. @throws NotSureYetError if it seems to be under way again */
export async function seeEnd(requestId: string, ports: SwitchoverPorts): Promise<SwitchoverEnd> {
  const { end } = await seeSwitchover(requestId, ports);
  if (!end) throw new NotSureYetError({ code: "end-not-sure" });
  return end;
}
