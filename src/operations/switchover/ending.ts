import type { Deployment, DeploymentView } from "../../deployments/deployment.ts";
import type { Memory } from "../../facts/memory.ts";
import { type DeploymentRecord, deploymentKey } from "../../facts/record.ts";
import { rememberLook } from "../../standing/memory.ts";
import { type Standing, standingOf } from "../../standing/standing.ts";
import { isMissing } from "../missing.ts";
import { viewOf } from "../read/view-of.ts";
import { type OperationRequest, requestKey } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { SOON_SECONDS } from "../waiting/look.ts";
import { sentence } from "../words.ts";
import type { SwitchoverEvent, SwitchoverPorts } from "./ports.ts";

/** How much longer than its timeout a switchover may take, rollback included, before it is called unclear. */
const ROLLBACK_MS = 30 * 60_000;

/** How far this machine's clock may be ahead of RDS's: it asks from that much before the attempt. */
export const CLOCKS_DIFFER_MS = 10 * 60_000;

/** How a switchover ended, according to the API and the events. */
export interface SwitchoverEnd {
  result: "done" | "partly" | "cancelled" | "failed" | "unclear";
  reason?: string;
}

/** How a switchover stands. */
export interface SwitchoverSeen {
  /** Absent while it is under way. */
  end?: SwitchoverEnd;
  /** The deployment's status. */
  shows: string;
  /** What RDS has listed about it since the attempt. */
  events: SwitchoverEvent[];
  /** The texts already recorded about it. */
  noted: ReadonlySet<string>;
  /** Seconds after which it has to be seen again before it counts. */
  within?: number;
}

/** How long an end that a late status or an old answer could feign must be seen before it counts. */
const COUNTS_AFTER_MS = 60_000;

const GONE: SwitchoverEnd = { result: "unclear", reason: "RDS does not know the deployment any more: somebody has deleted it." };

/** How the switchover stands, member by member, according to the API and the events. */
export async function seeSwitchover(requestId: string, ports: SwitchoverPorts): Promise<SwitchoverSeen> {
  const { records, rds, now } = ports;
  const stored = await records.read<OperationRequest>(requestKey(requestId));
  if (!stored) return { shows: "gone", events: [], noted: new Set(), end: GONE };
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

const notedIn = (request: OperationRequest | undefined): ReadonlySet<string> => new Set(request?.notes?.map(({ text }) => text));

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
  const shown = { shows: "gone", events: [], noted: notedIn(request), within: SOON_SECONDS };
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

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** How a deployment stands while the guard switches it over, by its record. */
export async function standingIn(view: DeploymentView, records: SwitchoverPorts["records"], now: number): Promise<Standing> {
  const record = await records.read<DeploymentRecord>(deploymentKey(view.deployment.id));
  return standingOf({ view, facts: record?.facts ?? [], memory: record?.memory, now });
}

function showsOf({ status, members }: Standing): string {
  const switched = members.filter(({ outcome }) => outcome === "switched").length;
  return switched === 0 ? status : `${status}, ${switched} of ${members.length} switched over`;
}

function endOf(
  { phase, switched, status, statusDetails, members }: Standing,
  { before }: OperationRequest,
  events: readonly SwitchoverEvent[],
  isLate: boolean,
): SwitchoverEnd | undefined {
  if (phase === "switched-over" || (phase === "deleted" && switched)) return { result: "done" };
  const isBegun = members.some(({ outcome }) => outcome === "switched");
  if (phase === "partly-switched-over" || (isBegun && isLate)) return { result: "partly", reason: partWords(members) };
  if (isBegun) return undefined;
  // If its switchover failed before, the deployment has this status from the beginning: only events tell that it failed again.
  if (status === "SWITCHOVER_FAILED" && (before?.status !== status || events.length > 0))
    return { result: "failed", reason: statusDetails ?? "RDS says SWITCHOVER_FAILED, and not why." };
  const cancelled = events.some(({ signal }) => signal === "switchover-completed") ? [] : events.filter(isCancellation);
  const why = cancelled.findLast(({ reason, degraded }) => reason !== undefined || degraded) ?? cancelled.at(-1);
  if (status !== "SWITCHOVER_IN_PROGRESS" && status !== "SWITCHOVER_COMPLETED" && why)
    return { result: "cancelled", reason: cancelWords(why) };
  if (!isLate) return undefined;
  const saw = events.map(({ at, text }) => `${at} ${text}`).join(" ") || "no event of it";
  return { result: "unclear", reason: `RDS says ${status} and listed: ${saw}.` };
}

const isCancellation = ({ signal }: SwitchoverEvent): boolean => signal === "switchover-cancelled" || signal === "sequence-sync-failed";

/** Which names lead where, for the person who has to act. */
function partWords(members: Standing["members"]): string {
  const words = members.map(({ name, outcome, source, target, status }) => {
    const side = outcome === "switched" ? target : source;
    const version = side?.database ? ` ${side.database.engineVersion}` : "";
    if (outcome === "switched") return `${name} is switched over and leads to green's database${version}.`;
    return `${name} was NOT switched over (${status ?? "no status"}): it leads to blue's database${version}.`;
  });
  return words.join(" ");
}

const cancelWords = ({ text, reason, degraded }: SwitchoverEvent): string =>
  `${sentence(reason ?? text)}${degraded ? " Replication is degraded: green cannot be switched to any more, recreate the deployment." : ""}`;
