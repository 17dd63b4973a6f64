import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";

type Judged = Pick<Standing, "phase" | "production" | "urgency" | "severity" | "replicationType" | "source" | "exists">;

/** The sign before the first line where a person is needed: now, or within the day; empty where nobody is. */
export function signOf({ urgency, severity }: Pick<Standing, "urgency" | "severity">): string {
  if (urgency === "production" || urgency === "now") return "🔴 ";
  return urgency === "later" && (severity === "critical" || severity === "warning") ? "🟠 " : "";
}

/** Whether production suffers and how soon somebody must act, as sentences; empty where that goes without saying. */
export function impactOf(standing: Judged): string {
  const { phase, production, urgency, exists } = standing;
  if (phase === "partly-switched-over") return "Some names lead to the old database, which no longer changes. Act now.";
  if (urgency === "now") return "It is not known which side is production. Look now.";
  if (phase === "switching-over" && exists) return "Connections to both sides are dropped and refused for a time, usually seconds.";
  if (production !== "blue" || !["degraded", "failed", "waiting", "recreating"].includes(phase)) return "";
  if (phase === "recreating") return "Production is not affected.";
  if (urgency !== "later") return "";
  return phase === "degraded" && keepsLog(standing)
    ? "Production works, but keeps write-ahead log on its disk until green is deleted. Act today."
    : "Production is not affected. This can wait until morning.";
}

/**
 * True if blue keeps its write-ahead log for a green that does not follow any more: the slot of an RDS instance holds it on the instance's
 * disk. Aurora's storage grows instead. Source: PostgreSQL, "Replication Slots"; RDS User Guide, "Logical replication".
 */
const keepsLog = ({ replicationType, source }: Judged): boolean => replicationType === "logical" && source.database?.engine === "postgres";

/** Where it is: the account, the Region and the database. */
export function whereOf({ source: { arn, name } }: Pick<Standing, "source">, as: Form): string {
  const [, , , region = "", account = "", kind = ""] = arn.split(":");
  const database = `${kind === "cluster" ? "cluster" : "instance"} ${as.code(name)}`;
  return [as.account(account), as.text(region, 40), database].join(" · ");
}
