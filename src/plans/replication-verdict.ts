import { whereToLook } from "../deployments/replication.ts";
import type { EventsMissing } from "../standing/events-missing.ts";
import type { Standing } from "../standing/standing.ts";
import { type Finding, fail, pass, unknown, warn } from "./checks.ts";
import { replicationRemedy } from "./obstacle-words.ts";

/** Judges replication before a switchover; `incomplete` says why events that RDS once sent may be missing. */
export function replicationVerdict(standing: Standing, incomplete: EventsMissing | undefined): Finding {
  const { replication, degraded, replicationType } = standing;
  const { state, by, alsoBy = by, disagreement } = replication;
  if (state === "degraded" || state === "terminated") {
    const words = state === "degraded" ? degraded?.message : (by?.message ?? by?.database);
    const source = by?.from === "api" ? `the RDS API says so of ${by.database}` : `RDS said so at ${by?.at} (${words})`;
    return fail(
      `Replication is ${state}: ${source}.`,
      standing.mayDeleteGreen ? "Green cannot be switched to any more: recreate the deployment." : "Green cannot be switched to any more.",
    );
  }
  if (state === "stopped" && disagreement?.api.state === "replicating") {
    return warn(
      `RDS disagrees with itself: its event of ${disagreement.event.at} says that replication to ${disagreement.event.database} stopped, its API says that it runs.`,
      "See in green's error log and in the lag that it runs.",
    );
  }
  if (state === "stopped" || state === "error") {
    const since = by?.at ? ` since ${by.at}` : "";
    const reason = by?.message ? ` RDS says: ${by.message}` : "";
    return fail(
      `Replication to ${by?.database} is ${state === "error" ? "stopped with an error" : state}${since}.${reason}`,
      replicationRemedy(state),
    );
  }
  if (state === "replicating" && alsoBy?.from === "api") return pass(`The RDS API says that ${alsoBy.database} is replicating.`);
  if (incomplete === undefined) return pass("By its events, replication is neither degraded nor stopped.");
  return { ...unknown("", whereToLook(replicationType)), told: incomplete };
}
