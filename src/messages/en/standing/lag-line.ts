import type { LagReading } from "../../../facts/record.ts";
import { type Form, say } from "../../form.ts";
import { ageWords } from "../durations.ts";
import { LAG_UNKNOWN } from "../lag.ts";
import { lagAmount } from "../lag-amount.ts";

/** How far green lags behind blue, when that was read, and which way it goes; with `now` (milliseconds since 1970) how old the value is. */
export function lagLine({ lag, at }: LagReading, as: Form, now?: number): string {
  if (lag.state === "unknown") return `Lag: not known. ${say(LAG_UNKNOWN, lag.why, as)}`;
  const read = Date.parse(at) - lag.ageMs;
  const age = now === undefined ? `at ${as.time(new Date(read).toISOString())}` : `${ageWords(now - read)} ago`;
  const from = `${as.code(lag.metric.name)} of ${as.code(lag.metric.instance)}, ${age}`;
  if (lag.state === "not-replicating") return `Lag: green does not replicate (${from}: -1).`;
  const quiet = lag.metric.sinceTransaction && lag.trend === "rising";
  const { aboutMsToZero: left } = lag;
  const about = left === undefined ? "" : `, at this pace caught up in ${left < 60_000 ? "" : "about "}${ageWords(left)}`;
  const trend = quiet ? "rising, as it also does while blue is quiet" : `${lag.trend}${about}`;
  return `Lag: ${lagAmount(lag.value, lag.unit)}, ${trend} (${from}).`;
}
