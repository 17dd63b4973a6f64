import type { Item, Records } from "../clients/records.ts";
import { amendItem } from "./amend-item.ts";
import { type OperationName, type OperationRequest, requestKey } from "./request.ts";

/** What is kept of one blue database, whatever its deployments are called: every rule about one blue is one conditional write. */
export interface BlueItem extends Item {
  /** Who works on it: nobody else may. */
  claim?: Claim;
}

/** The lock that an operation holds on one blue database; it does not expire by time. */
export interface Claim {
  /** ARN of the execution. */
  owner: string;
  requestId: string;
  operation: OperationName;
  /** ISO 8601. */
  since: string;
}

/** What came of asking for a request and its claim. */
export type Claimed =
  | { result: "ours"; request: OperationRequest }
  /** Another execution uses the request: it was started twice. There is nothing to do or to say. */
  | { result: "duplicate" }
  | { result: "refused"; reason: string };

/** What claiming needs of the outside. */
export interface ClaimPorts {
  records: Pick<Records, "read" | "write">;
  /** True while the execution may still change something. */
  isRunning(execution: string): Promise<boolean>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** The key of a blue database's item. */
export function blueKey(blue: string): string {
  return `blue#${blue}`;
}

/**
 * Marks the request as used by `execution`, for ever, and then takes the claim on its blue database.
 *
 * The same execution may do so again, as a replay does. A claim whose owner does not run any more is taken over.
 *
 * @throws what the records throw; nothing is half done by it that the same execution does not complete.
 */
export async function claim(requestId: string, execution: string, ports: ClaimPorts): Promise<Claimed> {
  const used = await takeRequest(requestId, execution, ports);
  if (used.result !== "ours") return used;
  const holder = await takeBlue(used.request, requestId, execution, ports);
  if (holder.owner === execution) return used;
  const { operation, owner, since } = holder;
  return { result: "refused", reason: `Since ${since} a ${operation} is at work on this database (${owner}). Wait until it has ended.` };
}

async function takeRequest(requestId: string, execution: string, { records, now }: ClaimPorts): Promise<Claimed> {
  const key = requestKey(requestId);
  const stored = await records.read<OperationRequest>(key);
  if (!stored) return { result: "refused", reason: `There is no request ${requestId}. Nothing is done on an event's word alone.` };
  const request = await amendItem(records, stored, (it) => {
    const mayUse = it.usedBy === undefined && refusalOf(it, now()) === undefined;
    return mayUse ? { ...it, usedBy: execution } : it;
  });
  if (request.usedBy === execution) return { result: "ours", request };
  if (request.usedBy !== undefined) return { result: "duplicate" };
  return { result: "refused", reason: refusalOf(request, now()) ?? "The request cannot be used." };
}

function refusalOf({ approved, cancelled, validUntil }: OperationRequest, now: number): string | undefined {
  if (!approved) return "The request was not approved.";
  if (cancelled) return `The request was cancelled by ${cancelled.by}.`;
  if (now >= Date.parse(validUntil)) return `The request was valid until ${validUntil}. Ask again.`;
  return undefined;
}

async function takeBlue({ blue, operation }: OperationRequest, requestId: string, owner: string, ports: ClaimPorts): Promise<Claim> {
  const { records, isRunning, now } = ports;
  const initial: BlueItem = { key: blueKey(blue), version: 0 };
  const mine: Claim = { owner, requestId, operation, since: new Date(now()).toISOString() };
  const first = await amendItem(records, initial, (it) => (it.claim ? it : { ...it, claim: mine }));
  const holder = first.claim ?? mine;
  if (holder.owner === owner || (await isRunning(holder.owner))) return holder;
  const second = await amendItem(records, initial, (it) => (!it.claim || it.claim.owner === holder.owner ? { ...it, claim: mine } : it));
  return second.claim ?? mine;
}

/** Lets go of the blue database where `execution` holds it. */
export async function release(blue: string, execution: string, records: ClaimPorts["records"]): Promise<void> {
  await amendItem<BlueItem>(records, { key: blueKey(blue), version: 0 }, (it) =>
    it.claim?.owner === execution ? { ...it, claim: undefined } : it,
  );
}

/** Thrown before a change where the operation may not go on: its claim is lost, or somebody cancelled it. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
}

/** Makes sure, right before a change, that the execution still holds its claim and nobody has cancelled it. @throws StoppedError */
export async function mayGoOn(requestId: string, blue: string, execution: string, records: ClaimPorts["records"]): Promise<void> {
  const request = await records.read<OperationRequest>(requestKey(requestId));
  if (request?.cancelled) throw new StoppedError(`${request.cancelled.by} cancelled it at ${request.cancelled.at}.`);
  const item = await records.read<BlueItem>(blueKey(blue));
  if (item?.claim?.owner === execution) return;
  throw new StoppedError(`Its claim on the database is held by ${item?.claim?.owner ?? "nobody"} now.`);
}
