import type { Metrics } from "../../clients/metrics.ts";
import type { Rds } from "../../clients/rds/rds.ts";
import type { Records } from "../../clients/records.ts";
import type { Database, DeploymentView } from "../../deployments/deployment.ts";
import type { Fact } from "../../facts/facts.ts";
import { type DeploymentRecord, deploymentKey, droppedOf, type LagReading } from "../../facts/record.ts";
import type { EventsMissing } from "../../plans/readiness-findings.ts";
import { askedOptions } from "../../plans/spec/asked-fields.ts";
import { missingFields } from "../../plans/spec/settled.ts";
import { type Standing, standingOf } from "../../standing/standing.ts";
import { savedSpec } from "../recreate/saved-spec.ts";
import { lagsOf } from "./lags.ts";
import { listedFacts } from "./listed-facts.ts";
import { readUnderWay, underWayOf } from "./under-way.ts";

/** What a standing is read from. */
export interface ToStand {
  /** RDS's answer; undefined if RDS does not know the deployment. */
  view?: DeploymentView;
  /** What the guard keeps of it. */
  record?: DeploymentRecord;
  /** All that is known to have happened; the record's facts if omitted. */
  facts?: readonly Fact[];
  /** The lag as read just now; the record's if omitted. */
  lag?: LagReading;
  /** If it is gone: its databases that RDS still describes. */
  left?: readonly Database[];
}

/** How the deployment stands at `now` (milliseconds since 1970), with what the guard is about to do; undefined if it was never seen. */
export async function readStanding(
  { view, record, facts = record?.facts ?? [], lag = record?.lag, left = record?.left }: ToStand,
  records: Pick<Records, "read">,
  now: number,
): Promise<Standing | undefined> {
  const shown = view ?? record?.seen;
  if (!shown) return undefined;
  const { id } = shown.deployment;
  // What green shows by itself need not be kept.
  const isShown = view === undefined || missingFields({ view }).length === 0;
  const saved = isShown ? undefined : await savedSpec(id, records);
  return standingOf({
    view: shown,
    exists: view !== undefined,
    facts,
    memory: record?.memory,
    lastBuildMs: record?.lastBuildMs,
    dropped: record && droppedOf(record),
    lag,
    underWay: await readUnderWay(id, record, records),
    missing: view && missingFields({ view, saved }).map((field) => askedOptions({}, [field])),
    ...(view === undefined && { left }),
    now,
  });
}

/** How a deployment that RDS shows stands by the guard's record at `now` (milliseconds since 1970), without what its requests say. */
export function standingBy(view: DeploymentView, record: DeploymentRecord | undefined, now: number): Standing {
  return standingOf({ view, facts: record?.facts ?? [], memory: record?.memory, underWay: underWayOf(record?.operation), now });
}

/** A standing by everything that RDS lists now. */
export interface StandingNow {
  standing: Standing;
  /** All that is known to have happened. */
  facts: readonly Fact[];
  /** Why events may be missing. */
  incomplete?: EventsMissing;
}

/** How a deployment that RDS has just shown stands, by the guard's record and by all events that RDS lists. */
export async function standingNow(view: DeploymentView, { rds, metrics, records, now }: StandingPorts): Promise<StandingNow> {
  const record = await records.read<DeploymentRecord>(deploymentKey(view.deployment.id));
  const [{ facts, incomplete }, lags] = await Promise.all([
    listedFacts(view.deployment, record?.facts ?? [], rds, now()),
    metrics && lagsOf([view], metrics, now()),
  ]);
  const lag = lags?.get(view.deployment.id);
  const standing = await readStanding({ view, record, facts, ...(lag && { lag }) }, records, now());
  return { standing: standing ?? standingOf({ view, facts }), facts, incomplete };
}

/** What reading a standing needs from the outside. */
export interface StandingPorts {
  rds: Pick<Rds, "events">;
  /** If omitted, the lag is the one that the record keeps. */
  metrics?: Pick<Metrics, "lag">;
  records: Pick<Records, "read">;
  /** Milliseconds since 1970. */
  now(): number;
}
