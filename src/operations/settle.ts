import type { Executions, Owner } from "../clients/executions.ts";
import type { Records } from "../clients/records.ts";
import type { Person } from "../deployments/person.ts";
import { claimedBlues, keepQuiet, release } from "./claim.ts";
import { type EndPorts, endOperation } from "./end.ts";
import { isUndecided, type OperationRequest, QUIET_MS, requestIdOf, requestKey } from "./request.ts";
import { amendRequest, openRequests } from "./requests.ts";
import type { Reason } from "./says/reasons.ts";
import { standInForLost } from "./stand-in.ts";

export type { Owner };

/** What ending for dead executions needs from the outside. */
export interface SettlePorts extends EndPorts {
  records: Pick<Records, "read" | "write" | "open">;
  executions: Pick<Executions, "ownerOf" | "stop">;
}

/**
 * Ends every open operation whose execution has ended without saying how, or without telling it, and releases every database that such an
 * execution left claimed.
 *
 * An operation that a person ends by force is stopped first. An execution of which it is not certain that it has ended keeps what it has.
 * Returns what went wrong; a failure does not keep the rest from being settled.
 */
export async function settleAll(ports: SettlePorts): Promise<unknown[]> {
  const failures: unknown[] = [];
  const attempt = (settling: Promise<unknown>) => settling.catch((error: unknown) => failures.push(error));
  const claimed = await claimedBlues(ports.records);
  await attempt(standInForLost(claimed, ports.records, ports.now()));
  for (const request of await openRequests(ports.records)) await attempt(settle(request, ports));
  for (const { key, claim } of claimed) {
    if (claim) await attempt(settleClaim(key.slice("blue#".length), claim.owner, claim.requestId, ports));
  }
  return failures;
}

async function settle(request: OperationRequest, ports: SettlePorts): Promise<void> {
  const { usedBy, outcome, forced, endUntold } = request;
  if (usedBy === undefined || (outcome && !endUntold)) return;
  const owner = await (forced ? stopped(usedBy, ports) : ports.executions.ownerOf(usedBy));
  if (!isOver(owner, forced) && !(outcome && owner.state === "gone")) return;
  await endOperation(requestIdOf(request.key) ?? "", usedBy, { reason: brokenOff(owner, usedBy) }, ports);
}

/** Asks Lambda to stop an execution, unless it has ended; returns what is known of it then. */
async function stopped(execution: string, { executions }: Pick<SettlePorts, "executions">): Promise<Owner> {
  const before = await executions.ownerOf(execution);
  if (before.state !== "running") return before;
  try {
    await executions.stop(execution);
  } catch (error) {
    return { state: "unknown", why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
  return executions.ownerOf(execution);
}

/** An execution that Lambda does not know counts as over only for a person who was shown just that. */
const isOver = ({ state }: Owner, forced: OperationRequest["forced"]): boolean =>
  state === "ended" || (state === "gone" && forced?.seen === "gone");

/** Releases what an execution left claimed after its operation had ended, or whose request is no longer kept. */
async function settleClaim(blue: string, owner: string, requestId: string, ports: SettlePorts): Promise<void> {
  const { records, executions } = ports;
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (request && (isUndecided(request) || (!request.outcome && request.usedBy === owner))) return;
  const { decided, forced } = request ?? {};
  if (decided === undefined && !isOver(await executions.ownerOf(owner), forced)) return;
  // Of what a person has decided, the ten minutes began with its end.
  if (forced && decided === undefined) await keepQuiet(blue, forced.by, ports.now() + QUIET_MS, records);
  await release(blue, owner, records);
}

/** Why an operation ended without saying how. */
export function brokenOff(owner: Owner, execution: string): Reason {
  return { code: "broken-off", execution, ...(owner.state === "ended" && { status: owner.status }) };
}

/** Ends an operation by force for a person who was shown `seen`, and asks Lambda to stop its execution; returns what is known of it then. */
export async function stopByForce(
  requestId: string,
  by: Person,
  seen: Owner["state"],
  ports: Pick<SettlePorts, "records" | "now" | "executions">,
): Promise<Owner> {
  const { usedBy = "" } = await markForced(requestId, by, seen, ports);
  return stopped(usedBy, ports);
}

/**
 * Writes down that a person ends an operation by force: it makes no further change, and the next sweep stops its execution and releases the
 * database.
 */
export function markForced(
  requestId: string,
  by: Person,
  seen: Owner["state"],
  { records, now }: Pick<SettlePorts, "records" | "now">,
): Promise<OperationRequest> {
  const at = new Date(now()).toISOString();
  const forced = { by, at, seen };
  return amendRequest(records, requestId, (it) => ({ ...it, ...(!it.outcome && { cancelled: it.cancelled ?? { by, at } }), forced }));
}
