import type { DeploymentView } from "../../deployments/deployment.ts";
import type { Memory } from "../../facts/memory.ts";
import { type DeploymentRecord, deploymentKey } from "../../facts/record.ts";
import { rememberLook } from "../../standing/memory.ts";
import { type Standing, standingOf } from "../../standing/standing.ts";
import { viewOf } from "../read/view-of.ts";
import { type OperationRequest, requestKey } from "../request.ts";
import { amendRequest } from "../requests.ts";
import { sentence } from "../words.ts";
import type { SwitchoverEvent, SwitchoverPorts } from "./ports.ts";

/** How much longer than its timeout a switchover may take, rollback included, before it is called unclear. */
const ROLLBACK_MS = 30 * 60_000;

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
}

const GONE: SwitchoverSeen = {
  end: { result: "unclear", reason: "RDS does not know the deployment any more." },
  shows: "gone",
  events: [],
  noted: new Set(),
};

/** How the switchover stands, member by member, according to the API and the events. */
export async function seeSwitchover(requestId: string, ports: SwitchoverPorts): Promise<SwitchoverSeen> {
  const { records, rds, now } = ports;
  const stored = await records.read<OperationRequest>(requestKey(requestId));
  if (!stored) return GONE;
  const view = await viewOf(stored.deploymentId, rds);
  const record = await records.read<DeploymentRecord>(deploymentKey(stored.deploymentId));
  if (!view) return wasSwitched(record, stored) ? { ...GONE, end: { result: "done" } } : GONE;
  const at = new Date(now()).toISOString();
  const before = bothOf(record?.memory, stored.memory);
  const memory = rememberLook(before, view, record?.facts ?? [], at);
  const request = await amendRequest(records, requestId, (it) => (isSame(it.memory, memory) ? it : { ...it, memory }));
  const since = Date.parse(request.attemptedAt ?? "");
  const isLate = now() - since >= (request.timeoutSeconds ?? 0) * 1_000 + ROLLBACK_MS;
  const events = await ports.switchoverEvents(view.deployment, since);
  const noted = new Set(request.notes?.map(({ text }) => text));
  const standing = standingOf({ view, facts: record?.facts ?? [], memory, now: now() });
  return { end: endOf(standing, request, events, isLate), shows: showsOf(standing), events, noted };
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
  const cancelled = events.filter(({ signal }) => signal === "switchover-cancelled" || signal === "sequence-sync-failed");
  const why = cancelled.findLast(({ reason, degraded }) => reason !== undefined || degraded) ?? cancelled.at(-1);
  if (status !== "SWITCHOVER_IN_PROGRESS" && status !== "SWITCHOVER_COMPLETED" && why)
    return { result: "cancelled", reason: cancelWords(why) };
  if (!isLate) return undefined;
  const saw = events.map(({ at, text }) => `${at} ${text}`).join(" ") || "no event of it";
  return { result: "unclear", reason: `RDS says ${status} and listed: ${saw}.` };
}

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
