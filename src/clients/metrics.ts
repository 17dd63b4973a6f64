import { type Lag, type LagMetric, type LagPoint, lagOf } from "../deployments/lag.ts";
import type { AwsOptions } from "./aws.ts";
import { type AwsJson, createAwsJson } from "./aws-call.ts";
import { answered } from "./rds/describe/answered.ts";

/** What the guard asks CloudWatch. */
export interface Metrics {
  /**
   * How far green lags behind, by each of these metrics and in their order; `now` in milliseconds since 1970, by AWS's clock.
   *
   * All are asked in one call, 500 at a time. It never throws: what CloudWatch refuses, or does not answer in time, is unknown.
   */
  lag(metrics: readonly LagMetric[], now: number): Promise<Lag[]>;
}

// Source: CloudWatch API, GetMetricData: "as many as 500 different metrics in a single request".
const METRICS_A_CALL = 500;

const MINUTE_SECONDS = 60;
const MINUTE_MS = 1_000 * MINUTE_SECONDS;
const BACK_MS = 20 * MINUTE_MS;
const CLOUDWATCH = { name: "monitoring", id: "CloudWatch", target: "GraniteServiceVersion20100801", version: "1.0" } as const;

// The next sweep reads again; more attempts would wait longer than the call may take.
const ATTEMPTS = 2;

/** Creates the CloudWatch client; if `timeoutMs` is omitted, a call has five seconds including its second attempt. */
export function createMetrics(options: AwsOptions): Metrics {
  const call = createAwsJson(CLOUDWATCH, { ...options, maxAttempts: options.maxAttempts ?? ATTEMPTS });
  const timeoutMs = options.timeoutMs ?? 5_000;
  async function lagOfSome(metrics: readonly LagMetric[], now: number): Promise<Lag[]> {
    const answer = await answered("GetMetricData", timeoutMs, (signal) => pages(call, metrics, now, signal));
    return metrics.map((metric, index) => {
      if (!answer.known) return { state: "unknown", metric, why: answer.why };
      return lagIn(answer.value[index] ?? [], metric, now);
    });
  }
  return {
    async lag(metrics, now) {
      const starts = Array.from({ length: Math.ceil(metrics.length / METRICS_A_CALL) }, (_, index) => index * METRICS_A_CALL);
      return (await Promise.all(starts.map((start) => lagOfSome(metrics.slice(start, start + METRICS_A_CALL), now)))).flat();
    },
  };
}

/** What CloudWatch says of each metric, in their order: the values of one can come in several pages. */
async function pages(call: AwsJson, metrics: readonly LagMetric[], now: number, signal: AbortSignal): Promise<MetricDataResult[][]> {
  // Whole minutes are answered faster. Source: CloudWatch API, GetMetricData, StartTime.
  const StartTime = Math.floor((now - BACK_MS) / MINUTE_MS) * MINUTE_SECONDS;
  const input = { MetricDataQueries: metrics.map(queryOf), StartTime, EndTime: now / 1_000 };
  const found = new Map<string, MetricDataResult[]>();
  let NextToken: string | undefined;
  do {
    const page = await call<Page>("GetMetricData", { ...input, NextToken }, { signal });
    for (const result of page.MetricDataResults ?? []) found.set(result.Id ?? "", [...(found.get(result.Id ?? "") ?? []), result]);
    NextToken = page.NextToken;
  } while (NextToken);
  return metrics.map((_, index) => found.get(idOf(index)) ?? []);
}

/** What is known of one metric; timestamps are seconds since 1970. Source: CloudWatch API, MetricDataResult. */
interface MetricDataResult {
  Id?: string;
  StatusCode?: string;
  Messages?: { Code?: string; Value?: string }[];
  Timestamps?: number[];
  Values?: number[];
}

interface Page {
  MetricDataResults?: MetricDataResult[];
  NextToken?: string;
}

// An id begins with a lowercase letter. Source: CloudWatch API, MetricDataQuery.
const idOf = (index: number): string => `m${index}`;

function queryOf({ name, instance }: LagMetric, index: number): object {
  const Metric = { Namespace: "AWS/RDS", MetricName: name, Dimensions: [{ Name: "DBInstanceIdentifier", Value: instance }] };
  return { Id: idOf(index), MetricStat: { Metric, Period: MINUTE_SECONDS, Stat: "Maximum" } };
}

/** The lag by the pages of one metric; unknown if CloudWatch could not read it, though it answered the call. */
function lagIn(pages: readonly MetricDataResult[], metric: LagMetric, now: number): Lag {
  const failed = pages.find(({ StatusCode }) => StatusCode === "InternalError" || StatusCode === "Forbidden");
  if (failed) {
    const text = failed.Messages?.map(({ Code, Value }) => `${Code}: ${Value}`).join(" ") || failed.StatusCode || "";
    return { state: "unknown", metric, why: { code: "not-read", name: metric.name, instance: metric.instance, text } };
  }
  return lagOf(pages.flatMap(pointsOf), metric, now);
}

function pointsOf({ Timestamps = [], Values = [] }: MetricDataResult): LagPoint[] {
  return Timestamps.flatMap((at, index) => {
    const value = Values[index];
    return value === undefined ? [] : [{ at: at * 1_000, value }];
  });
}
