import { type Lag, SMALL_LAG } from "../deployments/lag.ts";
import { type Finding, pass, unknown, warn } from "./checks.ts";
import type { LagVerdict } from "./readiness-findings.ts";

// RDS publishes a value a minute, and CloudWatch has it a few minutes later at most.
const OLD_MS = 6 * 60_000;
/** So many values in a row have to be small. */
export const LAG_VALUES = 3;

/**
 * Judges a lag before a switchover: it passes if the last three values are small and it does not rise. It never fails, since RDS itself
 * refuses what is too large. A lag that was not read is unknown.
 *
 * AWS publishes no limit ("The allowable limits are based on the specified timeout period"), so the thresholds are the guard's own. Source:
 * Aurora and RDS User Guides, blue-green-deployments-switching, "Switchover guardrails" and "Monitoring replica lag prior to switchover".
 */
export function lagVerdict(lag: Lag | undefined): Finding {
  const verdict = lag ? verdictOf(lag) : "unknown";
  return RESULT[verdict]({ code: "lag", lag, verdict });
}

const RESULT: Record<LagVerdict, typeof pass> = {
  small: pass,
  large: warn,
  "not-replicating": warn,
  "quiet-blue": unknown,
  old: unknown,
  "too-few": unknown,
  unknown,
};

function verdictOf(lag: Lag): LagVerdict {
  if (lag.state !== "measured") return lag.state;
  const { latest, ageMs, trend, unit, metric } = lag;
  if (ageMs > OLD_MS) return "old";
  if (latest.length < LAG_VALUES) return "too-few";
  if (trend !== "rising" && latest.every((it) => it < SMALL_LAG[unit])) return "small";
  return metric.sinceTransaction ? "quiet-blue" : "large";
}
