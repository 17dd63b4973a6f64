import type { Severity } from "../rules/rule.ts";
import type { Judged } from "./judged.ts";

/** Who has to do something, and how soon: production suffers, or a person must act now, later, or not at all. */
export type Urgency = "production" | "now" | "later" | "none";

/** How grave a deployment's state is. */
export function severityOf({ phase, exists, obstacles, production, replication, cancelled }: Judged): Severity {
  if (phase === "failed" && cancelled) return "warning";
  if (phase === "deleted" && production === "mixed") return exists ? "warning" : "critical";
  switch (phase) {
    case "degraded":
    case "failed":
    case "partly-switched-over":
      return "critical";
    case "waiting":
      return replication.state === "error" ? "critical" : obstacles.every(isPassing) ? "info" : "warning";
    case "recreating":
    case "switching-over":
    case "unknown":
      return "warning";
    case "ready":
    case "switched-over":
      return "good";
    default:
      return "info";
  }
}

const isPassing = ({ heals, code }: Judged["obstacles"][number]): boolean => heals && code !== "replication";

/** How soon a person has to do something about it. */
export function urgencyOf({ phase, obstacles, production, exists, left }: Judged): Urgency {
  if (phase === "partly-switched-over") return "production";
  if (exists && phase !== "switching-over" && (production === "mixed" || (phase === "failed" && production !== "blue"))) return "now";
  if (phase === "degraded" || phase === "failed" || phase === "ready" || phase === "switched-over") return "later";
  if (phase === "waiting") return obstacles.every(({ heals }) => heals) ? "none" : "later";
  if (phase === "deleted") return left.length > 0 ? "later" : "none";
  return phase === "unknown" ? "later" : "none";
}
