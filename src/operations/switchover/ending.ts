import type { Deployment, DeploymentView } from "../../deployments/deployment.ts";
import { isSame } from "../../facts/hash-of.ts";
import type { Memory } from "../../facts/memory.ts";
import { type DeploymentRecord, deploymentKey } from "../../facts/record.ts";
import { rememberLook } from "../../standing/memory.ts";
import { type Standing, standingOf } from "../../standing/standing.ts";
import { isMissing } from "../missing.ts";
import { viewOf } from "../read/view-of.ts";
import { type OperationRequest, requestKey } from "../request.ts";
import { amendRequest } from "../requests.ts";
import type { Reason, Switched } from "../says/reasons.ts";
import type { Said } from "../says/sayings.ts";
import type { Shown } from "../says/shown.ts";
import { SOON_SECONDS } from "../waiting/look.ts";
import type { SwitchoverEvent, SwitchoverPorts } from "./ports.ts";

/** How much longer than its timeout a switchover may take, rollback included, before it is called unclear. */
const ROLLBACK_MS = 30 * 60_000;

/** How far this machine's clock may be ahead of RDS's: it asks from that much before the attempt. */
export const CLOCKS_DIFFER_MS = 10 * 60_000;

/** How a switchover ended, according to the API and the events. */
export interface SwitchoverEnd {
  result: "done" | "partly" | "cancelled" | "failed" | "unclear";
  reason?: Reason;
}

/** How a switchover stands. */
export interface SwitchoverSeen {
  /** Absent while it is under way. */
  end?: SwitchoverEnd;
  /** How far it is. */
  shows: Shown;
  /** What RDS has listed about it since the attempt. */
  events: SwitchoverEvent[];
  /** What is recorded of them already. */
  noted: readonly Said[];
  /** Seconds after which it has to be seen again before it counts. */
  within?: number;
}

/** How long an end that a late status or an old answer could feign must be seen before it counts. */
const COUNTS_AFTER_MS = 60_000;

const NOT_SHOWN: Shown = { code: "gone" };
const GONE: SwitchoverEnd = { result: "unclear", reason: { code: "deleted-meanwhile" } };

/** How the switchover stands, member by member, according to the API and the events. */
export async function seeSwitchover(requestId: string, ports: SwitchoverPorts): Promise<SwitchoverSeen> {
  const { records, rds, now } = ports;
  const stored = await records.read<OperationRequest>(requestKey(requestId));
  if (!stored) return { shows: NOT_SHOWN, events: [], noted: [], end: GONE };
  const view = await viewOf(stored.deploymentId, rds);
  const gone = await isMissing(requestId, stored.deploymentId, view === undefined, ports);
  const record = await records.read<DeploymentRecord>(deploymentKey(stored.deploymentId));
  if (!view) return unlisted(stored, record, gone, ports);
  const at = new Date(now()).toISOString();
  const before = bothOf(record?.memory, stored.memory);
  const memory = rememberLook(before, view, record?.facts ?? [], at);
  const request = await amendRequest(records, requestId, (it) => (isSame(it.memory, memory) ? it : { ...it, memory }));
  const since = Date.parse(request.attemptedAt ?? "");
  const isLate = now() - since >= (request.timeoutSeconds ?? 0) * 1_000 + ROLLBACK_MS;
  const events = await eventsSince(request, view.deployment, ports);
  const standing = standingOf({ view, facts: record?.facts ?? [], memory, now: now() });
  const end = await onceSure(endOf(standing, request, events, isLate), requestId, ports);
  return { end, shows: showsOf(standing), events, noted: notedIn(request) };
}

const notedIn = ({ notes = [] }: OperationRequest): Said[] => notes.map(({ said }) => said);

/** RDS's events of this attempt: what an earlier one left is not this one's, whatever the clocks say. */
async function eventsSince(request: OperationRequest, deployment: Deployment, ports: SwitchoverPorts): Promise<SwitchoverEvent[]> {
  const { attemptedAt = "", lastEventAt = "" } = request;
  return (await ports.switchoverEvents(deployment, Date.parse(attemptedAt) - CLOCKS_DIFFER_MS)).filter(({ at }) => at > lastEventAt);
}

/** What can be said of a deployment that RDS does not list; it may be one old answer until `gone`. */
async function unlisted(
  request: OperationRequest,
  record: DeploymentRecord | undefined,
  gone: boolean,
  ports: SwitchoverPorts,
): Promise<SwitchoverSeen> {
  const shown = { shows: NOT_SHOWN, events: [], noted: notedIn(request), within: SOON_SECONDS };
  const isDone = wasSwitched(record, request);
  if (!isDone && !gone) return shown;
  const last = record?.seen?.deployment;
  const events = last ? await eventsSince(request, last, ports) : [];
  return { ...shown, events, end: isDone ? { result: "done" } : GONE };
}

/** The end, once it was seen for a minute if a status that lags could feign it. */
async function onceSure(
  end: SwitchoverEnd | undefined,
  requestId: string,
  { records, now }: SwitchoverPorts,
): Promise<SwitchoverEnd | undefined> {
  const since = new Date(now()).toISOString();
  const isSure = end === undefined || end.result === "done" || end.result === "partly";
  const { ending } = await amendRequest(records, requestId, (it) => {
    if (isSure) return it.ending ? { ...it, ending: undefined } : it;
    return it.ending?.result === end.result ? it : { ...it, ending: { result: end.result, since } };
  });
  return isSure || now() - Date.parse(ending?.since ?? since) >= COUNTS_AFTER_MS ? end : undefined;
}

/** True if every member was seen switched before the deployment was deleted, as pipelines do right after the switchover. */
function wasSwitched(record: DeploymentRecord | undefined, { memory }: OperationRequest): boolean {
  if (!record?.seen) return false;
  return standingOf({ view: record.seen, exists: false, facts: record.facts, memory: bothOf(record.memory, memory) }).switched;
}

/** What the record and this switchover's own looks remember. */
function bothOf(kept: Memory = {}, own: Memory = {}): Memory {
  const switched = [...new Set([...(kept.switched ?? []), ...(own.switched ?? [])])];
  return { origin: kept.origin ?? own.origin, ...(switched.length > 0 && { switched }), looks: own.looks };
}

/** How a deployment stands while the guard switches it over, by its record. */
export async function standingIn(view: DeploymentView, records: SwitchoverPorts["records"], now: number): Promise<Standing> {
  const record = await records.read<DeploymentRecord>(deploymentKey(view.deployment.id));
  return standingOf({ view, facts: record?.facts ?? [], memory: record?.memory, now });
}

function showsOf({ status, members }: Standing): Shown {
  const switched = members.filter(({ outcome }) => outcome === "switched").length;
  return { code: "switching-over", status, switched, of: members.length };
}

function endOf(
  { phase, switched, status, statusDetails, members }: Standing,
  { before }: OperationRequest,
  events: readonly SwitchoverEvent[],
  isLate: boolean,
): SwitchoverEnd | undefined {
  if (phase === "switched-over" || (phase === "deleted" && switched)) return { result: "done" };
  const isBegun = members.some(({ outcome }) => outcome === "switched");
  if (phase === "partly-switched-over" || (isBegun && isLate))
    return { result: "partly", reason: { code: "in-part", members: members.map(switchedOf) } };
  if (isBegun) return undefined;
  // If its switchover failed before, the deployment has this status from the beginning: only events tell that it failed again.
  if (status === "SWITCHOVER_FAILED" && (before?.status !== status || events.length > 0))
    return { result: "failed", reason: statusDetails ? { code: "aws-said", text: statusDetails } : { code: "failed-without-reason" } };
  const cancelled = events.some(({ signal }) => signal === "switchover-completed") ? [] : events.filter(isCancellation);
  const why = cancelled.findLast(({ reason, degraded }) => reason !== undefined || degraded) ?? cancelled.at(-1);
  if (status !== "SWITCHOVER_IN_PROGRESS" && status !== "SWITCHOVER_COMPLETED" && why)
    return { result: "cancelled", reason: { code: "rolled-back", text: why.reason ?? why.text, degraded: why.degraded } };
  if (!isLate) return undefined;
  return { result: "unclear", reason: { code: "not-told", status, events: events.map(({ at, text }) => ({ at, text })) } };
}

const isCancellation = ({ signal }: SwitchoverEvent): boolean => signal === "switchover-cancelled" || signal === "sequence-sync-failed";

/** Where a member's name leads, for the person who has to act. */
function switchedOf({ name, outcome, source, target, status }: Standing["members"][number]): Switched {
  const isSwitched = outcome === "switched";
  return { name, isSwitched, status, version: (isSwitched ? target : source)?.database?.engineVersion };
}
