import type { GetMetricDataInput, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { type Actions, answerJson, ServiceError } from "../local/json-service.ts";

/** The lab's CloudWatch: how far each green lags, by the lab's own story unless a test says otherwise. */
export interface LabCloudWatch {
  fetch(request: Request): Promise<Response>;
  /** Answers an instance's metrics with these values from now on, a minute apart, the newest first; by the story again if undefined. */
  answer(instance: string, newestFirst: readonly number[] | undefined): void;
  /** From now on there is no value of any metric, as right after a creation; the story's again with `false`. */
  noData(none?: boolean): void;
  /** Refuses every call with this code of CloudWatch's from now on; answers again if undefined. */
  refuse(code: string | undefined, message?: string): void;
  /** Answers no call from now on, which ends when the caller gives up; answers again with `false`. */
  hang(silent?: boolean): void;
  /** How many values an answer has at most; the rest comes with its NextToken. */
  pageSize: number;
  /** The inputs of all calls so far. */
  readonly calls: readonly Asked[];
}

/** What the lab reads of GetMetricData's input as it comes over the wire: times are seconds since 1970. */
interface Asked extends Pick<Partial<GetMetricDataInput>, "MetricDataQueries" | "NextToken"> {
  StartTime?: number;
  EndTime?: number;
}

/** What the lab's CloudWatch takes its values from. */
export interface LabCloudWatchOptions {
  now(): number;
  lagAt(metric: string, instance: string, at: number): number | undefined;
  /** What else it answers. */
  more?: Actions;
}

interface Point {
  at: number;
  value: number;
}

const MINUTE = 60_000;
// Source: CloudWatch API, GetMetricData: 500 metrics and 100,800 data points in a call.
const MOST_METRICS = 500;
const MOST_VALUES = 100_800;

/**
 * Plays CloudWatch's GetMetricData on AWS JSON 1.0, for the minutes of AWS/RDS: the SDK's client works against it unchanged. A metric of
 * which it knows nothing has no values, and the status Complete, as in AWS.
 */
export function createLabCloudWatch(options: LabCloudWatchOptions): LabCloudWatch {
  const levers: Levers = { given: new Map(), none: false, silent: false };
  const calls: Asked[] = [];
  const cloudwatch: LabCloudWatch = {
    calls,
    pageSize: MOST_VALUES,
    answer(instance, newestFirst) {
      if (newestFirst) levers.given.set(instance, newestFirst);
      else levers.given.delete(instance);
    },
    noData(none = true) {
      levers.none = none;
    },
    refuse(code, message = "The lab refuses this call.") {
      levers.refusal = code === undefined ? undefined : new ServiceError(code, message);
    },
    hang(silent = true) {
      levers.silent = silent;
    },
    fetch(request) {
      if (levers.silent) return unanswered(request);
      return answerJson({ ...options.more, GetMetricData: (input) => getMetricData(input) }, request);
    },
  };
  function getMetricData(input: Asked): object {
    calls.push(input);
    if (levers.refusal) throw levers.refusal;
    return paged(input, cloudwatch.pageSize, (query) => pointsOf(query, input, levers, options));
  }
  return cloudwatch;
}

interface Levers {
  given: Map<string, readonly number[]>;
  none: boolean;
  refusal?: ServiceError;
  silent: boolean;
}

async function unanswered({ signal }: Request): Promise<Response> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  return new Response(null, { status: 500 });
}

/** The values of the whole minutes within the asked time, the newest first. Source: CloudWatch API, GetMetricData, ScanBy. */
function pointsOf(
  { MetricStat }: MetricDataQuery,
  { StartTime = 0, EndTime = 0 }: Asked,
  levers: Levers,
  options: LabCloudWatchOptions,
): Point[] {
  const { Namespace, MetricName = "", Dimensions = [] } = MetricStat?.Metric ?? {};
  const [dimension, ...others] = Dimensions;
  if (levers.none || Namespace !== "AWS/RDS" || dimension?.Name !== "DBInstanceIdentifier" || others.length > 0) return [];
  const instance = dimension.Value ?? "";
  const given = levers.given.get(instance);
  const newest = Math.floor(Math.min(EndTime * 1_000 - 1, options.now() - MINUTE) / MINUTE);
  const points: Point[] = [];
  for (let minute = newest; minute * MINUTE >= StartTime * 1_000; minute -= 1) {
    const at = minute * MINUTE;
    const value = given ? given[newest - minute] : options.lagAt(MetricName, instance, at);
    if (value !== undefined) points.push({ at, value });
  }
  return points;
}

/** One page of the answer; a token is the number of values before it. */
function paged(
  { MetricDataQueries = [], StartTime, EndTime, NextToken }: Asked,
  size: number,
  pointsOfQuery: (query: MetricDataQuery) => Point[],
) {
  if (MetricDataQueries.length > MOST_METRICS)
    throw new ServiceError("ValidationError", `There are more than ${MOST_METRICS} MetricDataQueries.`);
  if (StartTime === undefined || EndTime === undefined || StartTime >= EndTime) {
    throw new ServiceError("ValidationError", "The parameter StartTime must be less than the parameter EndTime.");
  }
  const from = Number(NextToken ?? 0);
  let position = 0;
  const MetricDataResults = MetricDataQueries.flatMap((query) => {
    const all = pointsOfQuery(query);
    const [begin, end] = [position, position + all.length];
    position = end;
    const here = all.slice(Math.max(0, from - begin), Math.max(0, from + size - begin));
    // A metric without values belongs to the page on which it would stand.
    if (here.length === 0 && (all.length > 0 || begin < from || begin > from + size)) return [];
    return [
      {
        Id: query.Id,
        Label: query.MetricStat?.Metric?.MetricName,
        Timestamps: here.map(({ at }) => at / 1_000),
        Values: here.map(({ value }) => value),
        StatusCode: end > from + size ? "PartialData" : "Complete",
      },
    ];
  });
  return { MetricDataResults, ...(position > from + size && { NextToken: String(from + size) }) };
}
