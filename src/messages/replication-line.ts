import { utc } from "../deployments/time-words.ts";
import type { ReplicationSource, ReplicationState } from "../standing/replication.ts";
import type { Standing } from "../standing/standing.ts";
import { code, plain } from "./mrkdwn.ts";

const WORD: Record<ReplicationState, string> = {
  unknown: "not known",
  replicating: "running",
  stopped: "*stopped*",
  error: "*stopped with an error*",
  terminated: "*terminated*",
  degraded: "*degraded*",
};

/** What RDS says of replication to green: in events, and for RDS instances in its API. */
export function replicationLine(standing: Standing): string {
  const { phase, switched, exists, replication, members } = standing;
  if (switched) return "ended with the switchover; nothing flows back to old blue";
  if (!exists) return "ended with the deployment";
  const { state, by, disagreement } = replication;
  const isBuilding = phase === "provisioning" && state !== "degraded";
  if (!by || (isBuilding && by.from === "event")) return `not reported: ${whereFrom(standing)}${lag(standing)}`;
  const switching = members.some(({ outcome }) => outcome === "switched") ? " for what is not switched over" : "";
  const differs = disagreement ? `\nRDS disagrees with itself: ${said(disagreement.event)}; ${said(disagreement.api)}.` : "";
  return `${WORD[state]}${switching}${since(by)}${differs}${lag(standing)}`;
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

function lag({ phase, lag }: Standing): string {
  if (phase !== "ready" || !lag) return "";
  return `\nBefore a switchover, see in CloudWatch that ${code(lag.name)} of ${lag.side} (${lag.unit}) is near 0.`;
}
