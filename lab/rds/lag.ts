import type { ControlPlane } from "./control-plane.ts";
import type { Deployment } from "./state.ts";
import { timelineFor } from "./timelines/index.ts";

// How the lab's blue is written to, and how fast green catches up: in units a minute.
const BEHIND = { bytes: 8 * 1024 ** 2, seconds: 60 };
const CAUGHT_UP = { bytes: 24 * 1024 ** 2, seconds: 180 };
const MINUTE = 60_000;

/**
 * The value of a CloudWatch metric of an instance in the minute that begins at `at` (milliseconds since 1970): how far green lags, by the
 * lab's own story. Undefined where RDS publishes none: another metric, no deployment before its switchover, or green not there yet.
 *
 * Source: Aurora and RDS User Guides, blue-green-deployments-switching, "Monitoring replica lag prior to switchover".
 */
export function lagAt({ store }: ControlPlane, metric: string, identifier: string, at: number): number | undefined {
  const instance = store.instance(identifier);
  for (const deployment of store.deployments) {
    const { given, status, members } = deployment;
    if (given || status === "SWITCHOVER_COMPLETED" || status === "DELETING") continue;
    const writer = members.find(({ source }) => source.kind === "db" && source.writer);
    const { name, side, unit } = metricOf(deployment);
    const asked = side === "blue" ? writer?.source : writer?.target;
    if (metric !== name || asked === undefined || asked !== instance) continue;
    const since = side === "blue" ? deployment.createdAt : asked.createdAt;
    return at < since ? undefined : behind(deployment, unit, at);
  }
  return undefined;
}

function metricOf(deployment: Deployment): { name: string; side: "blue" | "green"; unit: "bytes" | "seconds" } {
  if (timelineFor(deployment).replicatesLogically(deployment)) return { name: "OldestReplicationSlotLag", side: "blue", unit: "bytes" };
  const aurora = deployment.members[0]?.source.engine === "aurora-mysql";
  return { name: aurora ? "AuroraBinlogReplicaLag" : "ReplicaLag", side: "green", unit: "seconds" };
}

function behind(deployment: Deployment, unit: "bytes" | "seconds", at: number): number {
  const { behindFrom, followsFrom } = deployment.following ?? { behindFrom: deployment.createdAt };
  if (at < behindFrom) return idle(unit, at);
  if (unit === "seconds" && deployment.replication) return -1;
  const backlog = (until: number) => idle(unit, behindFrom) + (BEHIND[unit] * (until - behindFrom)) / MINUTE;
  if (followsFrom === undefined || at < followsFrom) return Math.round(backlog(at));
  return Math.round(Math.max(idle(unit, at), backlog(followsFrom) - (CAUGHT_UP[unit] * (at - followsFrom)) / MINUTE));
}

/** Green follows a blue with little to do: a slot is seldom at 0. */
const idle = (unit: "bytes" | "seconds", at: number): number => (unit === "bytes" ? (Math.floor(at / MINUTE) % 5) * 3 * 1024 ** 2 : 0);
