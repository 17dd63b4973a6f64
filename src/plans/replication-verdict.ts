import type { Standing } from "../standing/standing.ts";
import { type Finding, fail, pass, unknown, warn } from "./checks.ts";
import type { EventsMissing } from "./readiness-findings.ts";

/** Judges replication before a switchover; `incomplete` says why events that RDS once sent may be missing. */
export function replicationVerdict(standing: Standing, incomplete: EventsMissing | undefined): Finding {
  const { replication, degraded, replicationType, mayDeleteGreen: mayRecreate } = standing;
  const { state, by, alsoBy = by, disagreement } = replication;
  const { database, at, message } = by ?? {};
  if (state === "degraded" || state === "terminated") {
    const text = state === "degraded" ? degraded?.message : (message ?? database);
    return fail({ code: `replication-${state}`, said: { from: by?.from ?? "event", database, at, text }, mayRecreate });
  }
  if (state === "stopped" && disagreement?.api.state === "replicating") {
    const { event } = disagreement;
    return warn({ code: "replication-disagrees", at: event.at ?? "", database: event.database });
  }
  if (state === "stopped" || state === "error") return fail({ code: `replication-${state}`, database, since: at, text: message });
  if (state === "replicating" && alsoBy?.from === "api") return pass({ code: "replication-running", database: alsoBy.database });
  if (incomplete === undefined) return pass({ code: "replication-by-events" });
  return unknown({ code: "replication-events-missing", why: incomplete, replication: replicationType });
}
