import { type Lag, SMALL_LAG } from "../../../deployments/lag.ts";
import type { ReadinessFindings } from "../../../plans/readiness-findings.ts";
import { type Form, say } from "../../form.ts";
import { LAG_UNKNOWN } from "../lag.ts";
import { lagAmount } from "../lag-amount.ts";
import type { FindingText } from "./finding-words.ts";

type Measured = Extract<Lag, { state: "measured" }>;

const REFUSED = "RDS refuses a switchover whose lag is too large for its timeout.";
const LOOK_AGAIN = `Look again in a few minutes. ${REFUSED}`;

/** A lag, as it is judged before a switchover. */
export function lagWords({ lag, verdict }: ReadinessFindings["lag"], as: Form): FindingText {
  if (lag === undefined || lag.state === "unknown") return unknownLag(lag, as);
  const of = `${as.code(lag.metric.name, 60)} of ${as.code(lag.metric.instance, 90)}`;
  if (lag.state === "not-replicating") {
    return [
      `Green does not replicate: ${of} is -1.`,
      "Find the cause in green's error log: RDS refuses a switchover until green replicates.",
    ];
  }
  if (verdict === "old") return [`The newest value of ${of} is ${Math.round(lag.ageMs / 60_000)} minutes old.`, LOOK_AGAIN];
  if (verdict === "too-few") return [`CloudWatch has too few values of ${of}: ${lag.latest.length}.`, LOOK_AGAIN];
  if (verdict === "small") return [behind(lag, of)];
  if (verdict === "quiet-blue") return [behind(lag, of), "This grows while blue is quiet, too: write something to blue, and look again."];
  const cause = lag.trend === "rising" ? "Find what writes so much to blue, or what holds green up. " : "";
  return [behind(lag, of), `${cause}Wait until it stays below ${lagAmount(SMALL_LAG[lag.unit], lag.unit)}. ${REFUSED}`];
}

function unknownLag(lag: Extract<Lag, { state: "unknown" }> | undefined, as: Form): FindingText {
  const metric = lag?.metric;
  const what = metric
    ? `${as.code(metric.name, 60)} of ${as.code(metric.instance, 90)} in CloudWatch is near 0`
    : "green has caught up with blue";
  const why = lag ? say(LAG_UNKNOWN, lag.why, as) : "How far green lags behind blue was not read.";
  return [why, `See that ${what}. ${REFUSED}`];
}

function behind({ trend, value, unit }: Measured, of: string): string {
  const direction = trend === "steady" ? "" : `, and the lag is ${trend}`;
  return `Green is ${lagAmount(value, unit)} behind blue${direction} (${of}).`;
}
