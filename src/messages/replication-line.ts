import type { Summary } from "../deployments/summary.ts";
import { code } from "./mrkdwn.ts";
import { utc } from "./time.ts";

/** What is known of replication to green: no field of the RDS API says it, so only what events said. */
export function replicationLine({ phase, degraded, replicating }: Summary): string {
  if (phase === "switched-over") return "ended with the switchover; nothing flows back to old blue";
  if (degraded) return `*degraded* since ${utc(degraded.at)}, said by ${degraded.side ?? "database"} ${code(degraded.sourceIdentifier)}`;
  if (!replicating || phase === "provisioning") return "not reported (the RDS API does not say; an event would)";
  return `${replicating.running ? "running" : "*stopped*"} since ${utc(replicating.at)}, by the last event about it`;
}
