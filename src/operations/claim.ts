import type { Executions } from "../clients/executions.ts";
import type { Item, Records } from "../clients/records.ts";
import type { DeploymentView } from "../deployments/deployment.ts";
import type { Person } from "../deployments/person.ts";
import type { Claimed } from "../standing/claimed.ts";
import { amendOwn } from "./amend-item.ts";
import type { OperationName } from "./index.ts";
import { isUndecided, type OperationRequest } from "./request.ts";
import { amendRequest, leftOpen } from "./requests.ts";
import type { Reason } from "./says/reasons.ts";
import type { Said } from "./says/sayings.ts";

/** What the guard keeps about one blue database, whatever its deployments are called: every rule about it is one conditional write. */
export interface BlueItem extends Item {
  /** The operation at work on it, which excludes all others. */
  claim?: Claim;
  /** When the policy started operations on it in the last 24 hours (ISO 8601). */
  automatic?: string[];
  /** Why the policy leaves it alone until a person starts an operation: what failed, or who held it. */
  held?: { since: Said; at: string };
  /** Who ended an operation on it by force, and until when nothing begins on it (ISO 8601). */
  quiet?: { by: Person; until: string };
}

/** The lock that an operation holds on one blue database; it does not expire by time. */
export interface Claim {
  /** ARN of the execution. */
  owner: string;
  requestId: string;
  operation: OperationName;
  /** The request's deployment, should the request itself be lost. */
  deploymentId?: string;
  deploymentName?: string;
  /** ISO 8601. */
  since: string;
  /** Why it stays although its execution has ended: a person has to decide. */
  unclear?: Said;
}

/** What claiming needs from the outside. */
export interface ClaimPorts {
  records: Pick<Records, "read" | "write">;
  /** False only if the execution has ended; one that nobody knows, or of which nobody could be asked, may still change something. */
  isRunning(execution: string): Promise<boolean>;
  /** Wakes what the policy waits with on the same deployment; if omitted, it looks within five minutes. */
  executions?: Pick<Executions, "wake">;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The key of a blue database's item. */
export function blueKey(blue: string): string {
  return `blue#${blue}`;
}

const DAY_MS = 24 * 3_600_000;
// Sorts after everything that is to be told.
const CLAIM_RANK = "claim";
const emptyBlue = (blue: string): BlueItem => ({ key: blueKey(blue), version: 0 });

/** Changes what is kept about a blue database; while it is claimed, it is in the index of open items. */
function amendBlue(records: ClaimPorts["records"], blue: string, change: (item: BlueItem) => BlueItem): Promise<BlueItem> {
  return amendOwn(records, emptyBlue(blue), change, ({ claim }) => claim && { rank: CLAIM_RANK });
}

/** The blue databases that are claimed; the index may lag slightly behind them. */
export async function claimedBlues(records: Pick<Records, "read" | "open">): Promise<BlueItem[]> {
  const keys = (await records.open()).map(({ key }) => key).filter((key) => key.startsWith(blueKey("")));
  const found = await Promise.all(keys.map((key) => records.read<BlueItem>(key)));
  return found.filter((item) => item?.claim !== undefined).map((item) => item as BlueItem);
}

/**
 * Takes the claim on the request's blue database; returns why not if another operation has it, or if the policy is held back.
 *
 * Takes over a claim whose owner is no longer running, unless it is marked unclear or left open. Takes none without blue's resource id, since then two
 * operations on one database could claim two different items. `mostPerDay` limits how often the policy may start an operation within 24
 * hours; leave it out for a person's request, which also clears what held the policy back.
 */
export async function takeBlue(
  { blue, operation, deploymentId, deploymentName }: OperationRequest,
  requestId: string,
  owner: string,
  ports: ClaimPorts,
  mostPerDay?: number,
): Promise<Reason | undefined> {
  const { records, isRunning, now } = ports;
  if (blue === "" || blue.startsWith("arn:")) return NO_RESOURCE_ID;
  const mine: Claim = { owner, requestId, operation, deploymentId, deploymentName, since: new Date(now()).toISOString() };
  const whyNot = (it: BlueItem) => quietOn(it, now()) ?? (mostPerDay === undefined ? undefined : whyNotByItself(it, mostPerDay, now()));
  const taken = (it: BlueItem): BlueItem => (whyNot(it) === undefined ? claimed(it, mine, mostPerDay !== undefined, now()) : it);
  const first = await amendBlue(records, blue, (it) => (it.claim ? it : taken(it)));
  const holder = first.claim;
  if (holder?.owner === owner) return undefined;
  if (!holder) return whyNot(first);
  if (holder.unclear !== undefined || (await isRunning(holder.owner))) return claimedBy(holder);
  const open = await leftOpen(holder, records, now());
  if (open !== undefined) return open;
  const second = await amendBlue(records, blue, (it) => (!it.claim || it.claim.owner === holder.owner ? taken(it) : it));
  if (second.claim?.owner === owner) return undefined;
  return whyNot(second) ?? claimedBy(second.claim ?? holder);
}

/** Why an operation does not begin if RDS did not show blue. */
export const NO_RESOURCE_ID: Claimed = { code: "no-resource-id" };

/** Why nothing begins on the database for now; undefined if something may. */
export function quietOn({ quiet }: BlueItem, now: number): Claimed | undefined {
  return !quiet || now >= Date.parse(quiet.until) ? undefined : { code: "quiet", by: quiet.by, until: quiet.until };
}

function claimedBy({ since, operation, owner, unclear }: Claim): Claimed {
  return unclear === undefined ? { code: "at-work", operation, since, owner } : { code: "undecided", operation, since, how: unclear };
}

/** What a claim is on: the resource id of blue; undefined if RDS did not show it. */
export function blueOf({ deployment, databases }: DeploymentView): string | undefined {
  return databases.find(({ arn }) => arn === deployment.source)?.resourceId;
}

/** Why nothing else may begin on the blue database; undefined if nobody has it, or the owner ended and left nothing unclear. */
export async function stillClaimed(
  item: BlueItem,
  own: string | undefined,
  { isRunning, now, records }: Pick<ClaimPorts, "isRunning" | "now"> & { records: Pick<Records, "read"> },
): Promise<Claimed | undefined> {
  const { claim } = item;
  if (claim && claim.owner === own) return undefined;
  const quiet = quietOn(item, now());
  if (quiet !== undefined || !claim) return quiet;
  return claim.unclear !== undefined || (await isRunning(claim.owner)) ? claimedBy(claim) : leftOpen(claim, records, now());
}

/** Keeps the claim after the execution ends, until a person has decided. */
export async function keepUnclear(blue: string, execution: string, unclear: Said, records: ClaimPorts["records"]): Promise<void> {
  await amendBlue(records, blue, (it) =>
    it.claim?.owner === execution && it.claim.unclear === undefined ? { ...it, claim: { ...it.claim, unclear } } : it,
  );
}

/** Releases the database of a request that ended unclear, once a person has seen what became of it; returns the request. */
export async function decideUnclear(
  requestId: string,
  by: Person,
  { records, now }: Omit<ClaimPorts, "isRunning">,
): Promise<OperationRequest> {
  const request = await markDecided(requestId, by, { records, now });
  const { blue } = request;
  await amendBlue(records, blue, (it) => {
    const isIts = it.claim?.requestId === requestId && it.claim.unclear !== undefined;
    return isIts ? { ...it, claim: undefined } : it;
  });
  return request;
}

/** Writes down that a person has decided; the next sweep releases the database, if nobody has before. Returns the request. */
export function markDecided(requestId: string, by: Person, { records, now }: Omit<ClaimPorts, "isRunning">): Promise<OperationRequest> {
  const decided = { by, at: new Date(now()).toISOString() };
  return amendRequest(records, requestId, (it) => (isUndecided(it) ? { ...it, decided } : it));
}

function claimed(item: BlueItem, claim: Claim, isPolicy: boolean, now: number): BlueItem {
  if (!isPolicy) return { ...item, claim, held: undefined };
  return { ...item, claim, automatic: [...recent(item, now), claim.since] };
}

const recent = ({ automatic = [] }: BlueItem, now: number): string[] => automatic.filter((at) => Date.parse(at) > now - DAY_MS);

/** Why the policy cannot start an operation on this blue database now; undefined if it can. */
export function whyNotByItself(item: BlueItem, mostPerDay: number, now: number): Reason | undefined {
  if (item.held) return { code: "left-alone", since: item.held.since };
  const begun = recent(item, now);
  if (begun.length < mostPerDay) return undefined;
  return { code: "recreated-too-often", times: begun.length, most: mostPerDay };
}

/** Releases the blue database if `execution` holds it. */
export async function release(blue: string, execution: string, records: ClaimPorts["records"]): Promise<void> {
  await amendBlue(records, blue, (it) => (it.claim?.owner === execution ? { ...it, claim: undefined } : it));
}

/** Lets nothing begin on the blue database before `until` (milliseconds since 1970). */
export async function keepQuiet(blue: string, by: Person, until: number, records: ClaimPorts["records"]): Promise<void> {
  const quiet = { by, until: new Date(until).toISOString() };
  await amendBlue(records, blue, (it) => (it.quiet && it.quiet.until >= quiet.until ? it : { ...it, quiet }));
}

/** Makes the policy leave the blue database alone until a person starts an operation. */
export async function leaveAlone(blue: string, held: NonNullable<BlueItem["held"]>, records: ClaimPorts["records"]): Promise<void> {
  await amendBlue(records, blue, (it) => (it.held ? it : { ...it, held }));
}

/** What the guard keeps about the blue database. */
export async function readBlue(blue: string, records: Pick<Records, "read">): Promise<BlueItem> {
  return (await records.read<BlueItem>(blueKey(blue))) ?? emptyBlue(blue);
}
