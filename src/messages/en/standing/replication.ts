import type { ReplicationSource, ReplicationState } from "../../../standing/replication.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { Form } from "../../form.ts";
import { lagLine } from "./lag-line.ts";

const WORD: Record<ReplicationState, string> = {
  unknown: "not known",
  replicating: "running",
  stopped: "stopped",
  error: "stopped with an error",
  terminated: "terminated",
  degraded: "degraded",
};

const stated = (state: ReplicationState, as: Form): string =>
  state === "unknown" || state === "replicating" ? WORD[state] : as.strong(WORD[state]);

/** What RDS says of replication to green, and CloudWatch of its lag; with `now` (milliseconds since 1970) how old that is. */
export function replicationLine(standing: Standing, as: Form, now?: number): string {
  const { phase, switched, exists, replication, members } = standing;
  if (switched) return "ended with the switchover; nothing flows back to old blue";
  if (!exists) return "ended with the deployment";
  const { state, by, disagreement } = replication;
  if (!by) return `not reported: ${whereFrom(standing)}${lagOf(standing, as, now)}`;
  const normal = phase === "provisioning" && state === "stopped" ? "; interruptions are normal while green is being built" : "";
  const switching = members.some(({ outcome }) => outcome === "switched") ? " for what is not switched over" : "";
  const differs = disagreement ? `\nRDS disagrees with itself: ${said(disagreement.event, as)}; ${said(disagreement.api, as)}.` : "";
  return `${stated(state, as)}${switching}${since(by, as)}${normal}${differs}${lagOf(standing, as, now)}`;
}

function since({ from, at, database, message }: ReplicationSource, as: Form): string {
  const reason = message ? `\nRDS says: ${as.text(message, 300)}` : "";
  if (from === "api") return `, as the RDS API says of ${as.code(database)}; it does not say since when${reason}`;
  return `${at ? ` since ${as.time(at)}` : ""}, reported by ${as.code(database)}`;
}

function said({ from, state, at, database }: ReplicationSource, as: Form): string {
  const word = WORD[state];
  if (from === "api") return `its API says ${word} of ${as.code(database)}`;
  return `its event${at ? ` of ${as.time(at)}` : ""} says ${word}`;
}

/** Aurora's API has no field for it; that of RDS instances has. */
function whereFrom({ source, target }: Standing): string {
  const engine = (target?.database ?? source.database)?.engine ?? "";
  if (engine.startsWith("aurora") || engine === "") return "no event has told of it, and for Aurora the RDS API is not known to show it";
  return "neither an event nor the RDS API has told of it";
}

/** Shown where it matters: while a switchover is waited for or tried. That green does not replicate is no news once it does again. */
function lagOf({ phase, lag, replication: { state, by } }: Standing, as: Form, now?: number): string {
  const isOver = state === "replicating" && lag?.lag.state === "not-replicating" && by?.at !== undefined && lag.at < by.at;
  return lag && !isOver && ["ready", "waiting", "switching-over"].includes(phase) ? `\n${lagLine(lag, as, now)}` : "";
}
