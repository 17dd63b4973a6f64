import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";
import { linksOf } from "./links.ts";

type Judged = Pick<Standing, "phase" | "production" | "urgency" | "severity" | "replicationType" | "source" | "exists" | "members">;

/** The sign before the first line, only where a person is needed: now, or within the day. docs/on-call.md has the rule. */
export function signOf({ urgency, severity }: Pick<Standing, "urgency" | "severity">): string {
  if (urgency === "production" || urgency === "now") return "🔴 ";
  return urgency === "later" && (severity === "critical" || severity === "warning") ? "🟠 " : "";
}

/** Whether production suffers and how soon somebody must act; empty where nobody must. */
export function impactOf(standing: Judged): string {
  const { phase, production, urgency, exists } = standing;
  if (phase === "partly-switched-over") return "Some names still lead to old data. Act now.";
  if (urgency === "now") return "It is not known which side is production. Look now.";
  if (phase === "switching-over" && exists) return "RDS drops all connections and refuses new ones, usually for seconds.";
  if (production !== "blue") return "";
  if (phase === "recreating") return "Production is not affected.";
  if (urgency !== "later" || !["degraded", "failed", "waiting"].includes(phase)) return "";
  if (phase === "degraded" && keepsLog(standing))
    return "The upgrade is blocked. Production works, but write-ahead log piles up on its disk until green is deleted: act today.";
  return `${phase === "degraded" ? "The upgrade is blocked. " : ""}Production is not affected, so this can wait until morning.`;
}

/**
 * True if blue keeps its write-ahead log for a green that no longer follows: the slot of an RDS instance holds it on the instance's own
 * disk. Aurora's storage grows instead. Source: PostgreSQL, "Replication Slots"; RDS User Guide, "Logical replication".
 */
const keepsLog = ({ replicationType, source }: Judged): boolean => replicationType === "logical" && source.database?.engine === "postgres";

/** Where it is, with the pages to open. */
export const whereOf = (standing: Standing, as: Form): string => [placeOf(standing, as), ...linksOf(standing, as)].join(" · ");

/** Where it is: the account, the Region, the database by the name that applications use, and the engine. */
export function placeOf(standing: Standing, as: Form): string {
  const { source, target, members } = standing;
  const { arn } = source;
  const [, , , region = "", account = "", kind = ""] = arn.split(":");
  const { name } = members.find((it) => it.source?.arn === arn) ?? source;
  const database = `${kind === "cluster" ? "cluster" : "instance"} ${as.code(name)}`;
  return [as.account(account), as.text(region, 40), database, ...versions(source, target, as)].join(" · ");
}

function versions(source: Standing["source"], target: Standing["target"], as: Form): string[] {
  const [from, to] = [source.database, target?.database];
  if (!from) return [];
  const next = to && to.engineVersion !== from.engineVersion ? ` → ${as.text(to.engineVersion, 40)}` : "";
  return [`${as.text(from.engine, 40)} ${as.text(from.engineVersion, 40)}${next}`];
}
