import { utc } from "../deployments/time-words.ts";
import type { Summary } from "../facts/summary.ts";
import { code } from "./mrkdwn.ts";

/** What events said about replication to green, which no RDS API field shows, and where to watch the lag. */
export function replicationLine(summary: Summary): string {
  const { phase, switched, exists, degraded, replicating } = summary;
  if (switched) return "ended with the switchover; nothing flows back to old blue";
  if (!exists) return "ended with the deployment";
  if (degraded)
    return `*degraded* since ${utc(degraded.at)}, reported by ${degraded.side ?? "database"} ${code(degraded.sourceIdentifier)}`;
  if (!replicating || phase === "provisioning") return `not reported: the RDS API does not show it, only events do${lag(summary)}`;
  return `${replicating.running ? "running" : "*stopped*"} since ${utc(replicating.at)}, by the last event about it${lag(summary)}`;
}

function lag({ phase, lag }: Summary): string {
  if (phase !== "ready" || !lag) return "";
  return `\nBefore a switchover, see in CloudWatch that ${code(lag.name)} of ${lag.side} (${lag.unit}) is near 0.`;
}
