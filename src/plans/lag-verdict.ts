import { type Lag, SMALL_LAG } from "../deployments/lag.ts";
import { lagAmount } from "../deployments/lag-words.ts";
import { type Finding, pass, unknown, warn } from "./checks.ts";

type Measured = Extract<Lag, { state: "measured" }>;

// RDS publishes a value a minute, and CloudWatch has it a few minutes later at most.
const OLD_MS = 6 * 60_000;
const VALUES = 3;
const REFUSED = "RDS refuses a switchover whose lag is too large for its timeout.";

/**
 * Judges a lag before a switchover: it passes if the last three values are small and it does not rise. It never fails, since RDS itself
 * refuses what is too large.
 *
 * AWS publishes no limit ("The allowable limits are based on the specified timeout period"), so the thresholds are the guard's own. Source:
 * Aurora and RDS User Guides, blue-green-deployments-switching, "Switchover guardrails" and "Monitoring replica lag prior to switchover".
 */
export function lagVerdict(lag: Lag | undefined): Finding {
  if (!lag) return unknown("How far green lags behind blue was not read.", `See that green has caught up with blue. ${REFUSED}`);
  if (lag.state === "unknown") {
    const { metric } = lag;
    const reason = "text" in lag.why ? lag.why.text : lag.why.code;
    return unknown(reason, `See that ${metric.name} of ${metric.instance} in CloudWatch is near 0. ${REFUSED}`);
  }
  const { name, instance } = lag.metric;
  if (lag.state === "not-replicating") {
    const remedy = "Find the cause in green's error log: RDS refuses a switchover until green replicates.";
    return warn(`Green does not replicate: ${name} of ${instance} is -1.`, remedy);
  }
  const { latest, ageMs } = lag;
  const wait = `Look again in a few minutes. ${REFUSED}`;
  if (ageMs > OLD_MS) return unknown(`The newest value of ${name} of ${instance} is ${Math.round(ageMs / 60_000)} minutes old.`, wait);
  if (latest.length < VALUES) return unknown(`CloudWatch has too few values of ${name} of ${instance}: ${latest.length}.`, wait);
  return judged(lag);
}

function judged({ metric, unit, value, latest, trend }: Measured): Finding {
  const limit = SMALL_LAG[unit];
  const direction = trend === "steady" ? "" : `, and the lag is ${trend}`;
  const reason = `Green is ${lagAmount(value, unit)} behind blue${direction} (${metric.name} of ${metric.instance}).`;
  if (trend !== "rising" && latest.every((it) => it < limit)) return pass(reason);
  if (metric.sinceTransaction) return unknown(reason, "This grows while blue is quiet, too: write something to blue, and look again.");
  const cause = trend === "rising" ? "Find what writes so much to blue, or what holds green up. " : "";
  return warn(reason, `${cause}Wait until it stays below ${lagAmount(limit, unit)}. ${REFUSED}`);
}
