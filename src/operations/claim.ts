import type { Item, Records } from "../clients/records.ts";
import type { DeploymentView } from "../deployments/deployment.ts";
import { amendItem } from "./amend-item.ts";
import type { OperationName } from "./index.ts";
import { isUndecided, type OperationRequest } from "./request.ts";
import { amendRequest } from "./requests.ts";

/** What the guard keeps about one blue database, whatever its deployments are called: every rule about it is one conditional write. */
export interface BlueItem extends Item {
  /** The operation at work on it, which excludes all others. */
  claim?: Claim;
  /** When the policy started operations on it in the last 24 hours (ISO 8601). */
  automatic?: string[];
  /** Why the policy leaves it alone until a person starts an operation: what failed, or who held it. */
  held?: { reason: string; at: string };
}

/** The lock that an operation holds on one blue database; it does not expire by time. */
export interface Claim {
  /** ARN of the execution. */
  owner: string;
  requestId: string;
  operation: OperationName;
  /** ISO 8601. */
  since: string;
  /** Why it stays although its execution has ended: a person has to decide. */
  unclear?: string;
}

/** What claiming needs from the outside. */
export interface ClaimPorts {
  records: Pick<Records, "read" | "write">;
  /** True while the execution can still change something. */
  isRunning(execution: string): Promise<boolean>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The key of a blue database's item. */
export function blueKey(blue: string): string {
  return `blue#${blue}`;
}

const DAY_MS = 24 * 3_600_000;
const emptyBlue = (blue: string): BlueItem => ({ key: blueKey(blue), version: 0 });

/**
 * Takes the claim on the request's blue database; returns why not if another operation has it, or if the policy is held back.
 *
 * Takes over a claim whose owner is no longer running, unless it is marked unclear. `mostPerDay` limits how often the policy may start an
 * operation within 24 hours; leave it out for a person's request, which also clears what held the policy back.
 */
export async function takeBlue(
  { blue, operation }: OperationRequest,
  requestId: string,
  owner: string,
  ports: ClaimPorts,
  mostPerDay?: number,
): Promise<string | undefined> {
  const { records, isRunning, now } = ports;
  const mine: Claim = { owner, requestId, operation, since: new Date(now()).toISOString() };
  const mayTake = (it: BlueItem) => mostPerDay === undefined || whyNotByItself(it, mostPerDay, now()) === undefined;
  const taken = (it: BlueItem): BlueItem => (mayTake(it) ? claimed(it, mine, mostPerDay !== undefined, now()) : it);
  const first = await amendItem(records, emptyBlue(blue), (it) => (it.claim ? it : taken(it)));
  const holder = first.claim;
  if (holder?.owner === owner) return undefined;
  if (!holder) return whyNotByItself(first, mostPerDay ?? 0, now());
  if (holder.unclear !== undefined || (await isRunning(holder.owner))) return claimWords(holder);
  const second = await amendItem(records, emptyBlue(blue), (it) => (!it.claim || it.claim.owner === holder.owner ? taken(it) : it));
  if (second.claim?.owner === owner) return undefined;
  return (mostPerDay === undefined ? undefined : whyNotByItself(second, mostPerDay, now())) ?? claimWords(second.claim ?? holder);
}

function claimWords({ since, operation, owner, unclear }: Claim): string {
  if (unclear !== undefined)
    return `Of a ${operation} that began at ${since} it is not clear how it ended, and a person has to decide: ${unclear}`;
  return `Since ${since} a ${operation} is at work on this database (${owner}). Wait until it has ended.`;
}

/** What a claim is on: the resource id of blue, or its ARN if it has none. */
export function blueOf({ deployment, databases }: DeploymentView): string {
  return databases.find(({ arn }) => arn === deployment.source)?.resourceId ?? deployment.source;
}

/** Who else has the blue database, in a sentence; undefined if nobody has, or the owner is no longer running and left nothing unclear. */
export async function stillClaimed(
  { claim }: BlueItem,
  own: string | undefined,
  { isRunning }: Pick<ClaimPorts, "isRunning">,
): Promise<string | undefined> {
  if (!claim || claim.owner === own) return undefined;
  return claim.unclear !== undefined || (await isRunning(claim.owner)) ? claimWords(claim) : undefined;
}

/** Keeps the claim after the execution ends, until a person has decided. */
export async function keepUnclear(blue: string, execution: string, unclear: string, records: ClaimPorts["records"]): Promise<void> {
  await amendItem(records, emptyBlue(blue), (it) =>
    it.claim?.owner === execution && it.claim.unclear === undefined ? { ...it, claim: { ...it.claim, unclear } } : it,
  );
}

/** Releases the database of a request that ended unclear, once a person has seen what became of it; returns the request. */
export async function decideUnclear(
  requestId: string,
  by: string,
  { records, now }: Omit<ClaimPorts, "isRunning">,
): Promise<OperationRequest> {
  const { blue } = await amendRequest(records, requestId, (it) => it);
  // The claim comes first: once the request is decided, a claim left behind could no longer be found.
  await amendItem(records, emptyBlue(blue), (it) => {
    const isIts = it.claim?.requestId === requestId && it.claim.unclear !== undefined;
    return isIts ? { ...it, claim: undefined } : it;
  });
  const decided = { by, at: new Date(now()).toISOString() };
  return amendRequest(records, requestId, (it) => (isUndecided(it) ? { ...it, decided } : it));
}

function claimed(item: BlueItem, claim: Claim, isPolicy: boolean, now: number): BlueItem {
  if (!isPolicy) return { ...item, claim, held: undefined };
  return { ...item, claim, automatic: [...recent(item, now), claim.since] };
}

const recent = ({ automatic = [] }: BlueItem, now: number): string[] => automatic.filter((at) => Date.parse(at) > now - DAY_MS);

/** Why the policy cannot start an operation on this blue database now; undefined if it can. */
export function whyNotByItself(item: BlueItem, mostPerDay: number, now: number): string | undefined {
  if (item.held) return item.held.reason;
  const begun = recent(item, now);
  if (begun.length < mostPerDay) return undefined;
  return `The guard has recreated on this database ${begun.length} times by itself within 24 hours, and may do so ${mostPerDay} times.`;
}

/** Releases the blue database if `execution` holds it. */
export async function release(blue: string, execution: string, records: ClaimPorts["records"]): Promise<void> {
  await amendItem(records, emptyBlue(blue), (it) => (it.claim?.owner === execution ? { ...it, claim: undefined } : it));
}

/** Makes the policy leave the blue database alone until a person starts an operation. */
export async function leaveAlone(blue: string, held: NonNullable<BlueItem["held"]>, records: ClaimPorts["records"]): Promise<void> {
  await amendItem(records, emptyBlue(blue), (it) => (it.held ? it : { ...it, held }));
}

/** What the guard keeps about the blue database. */
export async function readBlue(blue: string, records: Pick<Records, "read">): Promise<BlueItem> {
  return (await records.read<BlueItem>(blueKey(blue))) ?? emptyBlue(blue);
}
