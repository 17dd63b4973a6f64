import type { Lag } from "../../../deployments/lag.ts";
import type { LagReading } from "../../../facts/record.ts";
import { type Form, say } from "../../form.ts";
import { ageWords } from "../durations.ts";
import { LAG_UNKNOWN } from "../lag.ts";
import { lagAmount } from "../lag-amount.ts";

/** How far green lags, in a few words, and which way it goes. */
export function lagInBrief({ lag }: LagReading): string {
  if (lag.state === "unknown") return "How far green lags is not known.";
  if (lag.state === "not-replicating") return "Green does not replicate.";
  return `Green lags by ${lagAmount(lag.value, lag.unit)}, ${trendOf(lag)}.`;
}

/** How far green lags behind blue, when that was read, and which way it goes; with `now` (milliseconds since 1970) how old the value is. */
export function lagLine({ lag, at }: LagReading, as: Form, now?: number): string {
  if (lag.state === "unknown") return `Lag: not known. ${say(LAG_UNKNOWN, lag.why, as)}`;
  const read = Date.parse(at) - lag.ageMs;
  const age = now === undefined ? `at ${as.time(new Date(read).toISOString())}` : `${ageWords(now - read)} ago`;
  const from = `${as.code(lag.metric.name)} of ${as.code(lag.metric.instance)}, ${age}`;
  if (lag.state === "not-replicating") return `Lag: green does not replicate (${from}: -1).`;
  return `Lag: ${lagAmount(lag.value, lag.unit)}, ${trendOf(lag)} (${from}).`;
}

function trendOf({ metric, trend, aboutMsToZero: left }: Extract<Lag, { state: "measured" }>): string {
  if (metric.sinceTransaction && trend === "rising") return "rising, as it also does while blue is quiet";
  return `${trend}${left === undefined ? "" : `, at this pace caught up in ${left < 60_000 ? "" : "about "}${ageWords(left)}`}`;
}
