import { utc } from "../../../deployments/time-words.ts";
import type { ReplicationSource, ReplicationState } from "../../../standing/replication.ts";
import type { Standing } from "../../../standing/standing.ts";
import { lagLine } from "./lag-line.ts";
import { code, plain } from "../../slack/mrkdwn.ts";

const WORD: Record<ReplicationState, string> = {
  unknown: "not known",
  replicating: "running",
  stopped: "*stopped*",
  error: "*stopped with an error*",
  terminated: "*terminated*",
  degraded: "*degraded*",
};

/** What RDS says of replication to green, and CloudWatch of its lag; with `now` (milliseconds since 1970) how old that is. */
export function replicationLine(standing: Standing, now?: number): string {
  const { phase, switched, exists, replication, members } = standing;
  if (switched) return "ended with the switchover; nothing flows back to old blue";
  if (!exists) return "ended with the deployment";
  const { state, by, disagreement } = replication;
  if (!by) return `not reported: ${whereFrom(standing)}${lagOf(standing, now)}`;
  const normal = phase === "provisioning" && state === "stopped" ? "; interruptions are normal while green is being built" : "";
  const switching = members.some(({ outcome }) => outcome === "switched") ? " for what is not switched over" : "";
  const differs = disagreement ? `\nRDS disagrees with itself: ${said(disagreement.event)}; ${said(disagreement.api)}.` : "";
  return `${WORD[state]}${switching}${since(by)}${normal}${differs}${lagOf(standing, now)}`;
}

function since({ from, at, database, message }: ReplicationSource): string {
  const reason = message ? `\nRDS says: ${plain(message, 300)}` : "";
  if (from === "api") return `, as the RDS API says of ${code(database)}; it does not say since when${reason}`;
  return `${at ? ` since ${utc(at)}` : ""}, reported by ${code(database)}`;
}

function said({ from, state, at, database }: ReplicationSource): string {
  const word = WORD[state].replaceAll("*", "");
  return from === "api" ? `its API says ${word} of ${code(database)}` : `its event of ${utc(at ?? "")} says ${word}`;
}

/** Aurora's API has no field for it; that of RDS instances has. */
function whereFrom({ source, target }: Standing): string {
  const engine = (target?.database ?? source.database)?.engine ?? "";
  if (engine.startsWith("aurora") || engine === "") return "no event has told of it, and for Aurora the RDS API is not known to show it";
  return "neither an event nor the RDS API has told of it";
}

/** Shown where it matters: while a switchover is waited for or tried. That green does not replicate is no news once it does again. */
function lagOf({ phase, lag, replication: { state, by } }: Standing, now?: number): string {
  const isOver = state === "replicating" && lag?.lag.state === "not-replicating" && by?.at !== undefined && lag.at < by.at;
  return lag && !isOver && ["ready", "waiting", "switching-over"].includes(phase) ? `\n${lagLine(lag, now)}` : "";
}
