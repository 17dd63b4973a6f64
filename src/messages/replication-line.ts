import type { Summary } from "../deployments/summary.ts";
import { code } from "./mrkdwn.ts";
import { utc } from "./time.ts";

/** What is known of replication to green: no field of the RDS API says it, so only what events said. */
export function replicationLine({ phase, switched, exists, degraded, replicating }: Summary): string {
  if (switched) return "ended with the switchover; nothing flows back to old blue";
  if (!exists) return "ended with the deployment";
  if (degraded)
    return `*degraded* since ${utc(degraded.at)}, reported by ${degraded.side ?? "database"} ${code(degraded.sourceIdentifier)}`;
  if (!replicating || phase === "provisioning") return "not reported: the RDS API does not show it, only events do";
  return `${replicating.running ? "running" : "*stopped*"} since ${utc(replicating.at)}, by the last event about it`;
}
