import type { Executions } from "../clients/executions.ts";
import type { Rds } from "../clients/rds/rds.ts";
import type { Item, Records } from "../clients/records.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { type EventWindow, piecesOf } from "../deployments/event-window.ts";
import { deploymentOf, hasSwitched } from "../deployments/membership.ts";
import { fromDescribeEvents } from "../events/describe-events.ts";
import type { RdsEvent } from "../events/rds-event.ts";
import { UnreadableEventError } from "../events/unreadable-event-error.ts";
import { deploymentIdOf } from "../facts/record.ts";
import { amendItem } from "../operations/amend-item.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { createWakes, type Wakes } from "../operations/waiting/wake.ts";
import { signalOf } from "../rules/signal.ts";
import { type FilingDependencies, file, placeOf } from "../telling/filing.ts";
import { withReports } from "../telling/news.ts";
import { inSpan } from "../telling/span.ts";
import { inTurns, withFailures } from "./failures.ts";

const FIRST_WINDOW_MS = 60 * 60_000;
/** How far back every sweep asks, however short ago the one before the last was: RDS may list an event minutes late. */
const LEAST_WINDOW_MS = 10 * 60_000;

/** What the backfill needs from the outside. */
export interface BackfillDependencies extends FilingDependencies {
  rds: Rds;
  records: Records;
  /** Absent if the guard has no operations. */
  executions?: Pick<Executions, "wake">;
}

/** What a sweep leaves for the next one, in milliseconds since 1970. */
interface SweepItem extends Item {
  /** When the last two sweeps began, latest first: the next one asks for events since the earlier one. */
  runs: number[];
  /** Earlier events are told only if they concern a deployment that exists. */
  since: number;
  /** Windows that RDS did not list, or whose events were not all taken: asked for again until they are, or RDS no longer lists them. */
  missed?: EventWindow[];
}

const NO_SWEEPS: SweepItem = { key: "sweep", version: 0, runs: [], since: 0 };

/** The first sweep's window reaches back to the creation of the deployments that have not switched over: one may be degraded already. */
function begin(startedAt: number, deployments: readonly Deployment[]): Pick<SweepItem, "runs" | "since" | "missed"> {
  const since = startedAt - FIRST_WINDOW_MS;
  const begun = deployments.filter((deployment) => !hasSwitched(deployment)).map(({ createTime }) => Date.parse(createTime ?? ""));
  const from = Math.min(since, ...begun.filter(Number.isFinite));
  return { runs: [since], since, missed: from < since ? [{ from, until: since }] : [] };
}

/**
 * Writes down every event since the sweep before last, as if it had just arrived, until `deadline` (milliseconds since 1970); the next sweep
 * goes on where this one stopped, and repeats the windows that failed.
 */
export async function backfill(
  startedAt: number,
  deployments: readonly Deployment[],
  deadline: number,
  dependencies: BackfillDependencies,
): Promise<unknown[]> {
  const { records, time } = dependencies;
  const before = await amendItem(records, NO_SWEEPS, (it) => (it.runs.length > 0 ? it : { ...it, ...begin(startedAt, deployments) }));
  const { runs, since, missed = [] } = before;
  const recent = { from: Math.min(...runs, startedAt - LEAST_WINDOW_MS), until: startedAt };
  const failures: unknown[] = [];
  const left: EventWindow[] = [];
  const wakes = createWakes(dependencies);
  const isLate = () => time.now() >= deadline;
  for (const window of piecesOf([...missed, recent], startedAt)) {
    // The newest window is taken up in any case, so that each sweep gets on.
    if (isLate() && window.until < startedAt) {
      left.push(window);
      continue;
    }
    const failed = await withFailures(async () => {
      const { untaken, ...taken } = await takeListed(window, { since, deployments, deadline, wakes }, dependencies);
      if (untaken) left.push(untaken);
      return taken.failures;
    });
    if (failed.some((error) => !(error instanceof UnreadableEventError))) left.push(window);
    failures.push(...failed);
  }
  await wakes.done();
  const isOf = (windows: EventWindow[], { from, until }: EventWindow) => windows.some((it) => it.from === from && it.until === until);
  await amendItem(records, NO_SWEEPS, (it) => ({
    ...it,
    runs: [startedAt, ...it.runs].slice(0, 2),
    missed: [...(it.missed ?? []).filter((window) => !isOf(missed, window)), ...left],
  }));
  return failures;
}

/** What taking a window's events needs to know. */
interface Taking {
  /** Events before it are taken only if they concern a deployment that exists; in milliseconds since 1970. */
  since: number;
  deployments: readonly Deployment[];
  /** Milliseconds since 1970. */
  deadline: number;
  wakes: Wakes;
}

/**
 * Takes the events that RDS lists in a window until it is late, those that say "degraded" first; returns what failed and what is left. Half of
 * the time at least is for the oldest, whatever they say: so the next sweep has less to take.
 */
async function takeListed(
  window: EventWindow,
  { since, deployments, deadline, wakes }: Taking,
  dependencies: BackfillDependencies,
): Promise<{ failures: unknown[]; untaken?: EventWindow }> {
  const urgent: RdsEvent[] = [];
  const others: RdsEvent[] = [];
  const unreadable = await inTurns(await dependencies.rds.events(window.from, window.until), async (row) => {
    const event = fromDescribeEvents(row);
    const signal = signalOf(event);
    const concerns = Date.parse(event.date) >= since || deploymentOf(event, signal?.reading ?? {}, deployments);
    if (signal && concerns) (signal.reading.degraded ? urgent : others).push(event);
  });
  const oldestFirst = (a: RdsEvent, b: RdsEvent) => a.date.localeCompare(b.date);
  const untaken = new Set([...urgent, ...others].sort(oldestFirst));
  const take = (event: RdsEvent) => {
    untaken.delete(event);
    return takeLate(event, deployments, wakes, dependencies);
  };
  const { time } = dependencies;
  const halfway = (time.now() + deadline) / 2;
  const failed = [
    ...(await inTurns(urgent.sort(oldestFirst), take, () => time.now() >= halfway)),
    ...(await inTurns([...untaken], take, () => time.now() >= deadline)),
  ];
  const from = Math.min(...[...untaken].map(({ date }) => Date.parse(date)));
  return { failures: [...unreadable, ...failed], ...(untaken.size > 0 && { untaken: { ...window, from } }) };
}

/** Takes an event that may never have reached the watch handler. */
async function takeLate(
  event: RdsEvent,
  deployments: readonly Deployment[],
  wakes: Wakes,
  dependencies: BackfillDependencies,
): Promise<void> {
  const { telemetry, records } = dependencies;
  await inSpan(telemetry, "RDS event", async (span) => {
    const filed = await file(event, placeOf(event, deployments), dependencies);
    const key = "key" in filed ? filed.key : undefined;
    const deployment = key === undefined ? undefined : deploymentIdOf(key);
    span.note({ deployment, signal: filed.signal });
    if (!("news" in filed)) return;
    const listed = deployments.find(({ id }) => id === deployment);
    const view = listed && { deployment: listed, databases: [] };
    let isNew = false;
    let isFact = false;
    const record = await amendRecord(records, filed.key, (record) => {
      const after = withReports(record, [filed.news], view);
      isNew = after !== record;
      isFact = after.facts !== record.facts;
      return after;
    });
    if (isFact) wakes.byRecord(record);
    if (isNew) telemetry.log.info("RDS event that only DescribeEvents told", { deployment, signal: filed.signal, event, taken: { key } });
  });
}
