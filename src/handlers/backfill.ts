import type { Context } from "aws-lambda";
import type { Deliveries } from "../clients/deliveries.ts";
import type { Rds } from "../clients/rds/rds.ts";
import type { Item } from "../clients/records.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { type EventWindow, piecesOf } from "../deployments/event-window.ts";
import { deploymentOf, hasSwitched } from "../deployments/membership.ts";
import { fromDescribeEvents } from "../events/describe-events.ts";
import { deliveryKey, type RdsEvent } from "../events/rds-event.ts";
import { UnreadableEventError } from "../events/unreadable-event-error.ts";
import { deploymentIdOf } from "../facts/record.ts";
import { amendItem } from "../operations/amend-item.ts";
import { signalOf } from "../rules/signal.ts";
import { inSpan } from "../telling/span.ts";
import { type TakeDependencies, type Taken, take } from "../telling/take.ts";
import { inTurns, withFailures } from "./failures.ts";
import { isInAnotherRun } from "./in-another-run.ts";

const FIRST_WINDOW_MS = 60 * 60_000;

/** What the backfill needs from the outside. */
export interface BackfillDependencies extends TakeDependencies {
  rds: Rds;
  deliveries: Deliveries;
}

/** What a sweep leaves for the next one, in milliseconds since 1970. */
interface SweepItem extends Item {
  /** When the last two sweeps began, latest first: the next one asks for events since the earlier one. */
  runs: number[];
  /** Earlier events are told only if they concern a deployment that exists. */
  since: number;
  /** Windows that RDS did not list, or whose events could not all be taken: asked for again until RDS no longer lists them. */
  missed?: EventWindow[];
}

const NO_SWEEPS: SweepItem = { key: "sweep", version: 0, runs: [], since: 0 };

/** The first sweep's window reaches back to the creation of the deployments that have not switched over: one may be degraded already. */
function begin(startedAt: number, deployments: readonly Deployment[]): Pick<SweepItem, "runs" | "since"> {
  const since = startedAt - FIRST_WINDOW_MS;
  const begun = deployments.filter((deployment) => !hasSwitched(deployment)).map(({ createTime }) => Date.parse(createTime ?? ""));
  return { runs: [Math.min(since, ...begun.filter(Number.isFinite))], since };
}

/** Passes every event since the sweep before last to the rules, as if it had just arrived; the next sweep repeats the windows that failed. */
export async function backfill(startedAt: number, context: Context, dependencies: BackfillDependencies): Promise<unknown[]> {
  const { rds, records } = dependencies;
  const deployments = await rds.deployments();
  const before = await amendItem(records, NO_SWEEPS, (it) => (it.runs.length > 0 ? it : { ...it, ...begin(startedAt, deployments) }));
  const { runs, since, missed = [] } = before;
  const recent = { from: Math.min(...runs, startedAt - FIRST_WINDOW_MS), until: startedAt };
  const failures: unknown[] = [];
  const left: EventWindow[] = [];
  for (const window of piecesOf([...missed, recent], startedAt)) {
    const failed = await withFailures(() => takeListed(window, since, deployments, context, dependencies));
    if (failed.some((error) => !(error instanceof UnreadableEventError))) left.push(window);
    // An event that another run is taking is no failure; if that run dies, the next sweep's window still includes the event.
    failures.push(...failed.filter((error) => !isInAnotherRun(error)));
  }
  const isOf = (windows: EventWindow[], { from, until }: EventWindow) => windows.some((it) => it.from === from && it.until === until);
  await amendItem(records, NO_SWEEPS, (it) => ({
    ...it,
    runs: [startedAt, ...it.runs].slice(0, 2),
    missed: [...(it.missed ?? []).filter((window) => !isOf(missed, window)), ...left],
  }));
  return failures;
}

/** Takes the events that RDS lists in a window; those before `since` only if they concern a deployment that exists. */
async function takeListed(
  { from, until }: EventWindow,
  since: number,
  deployments: readonly Deployment[],
  context: Context,
  dependencies: BackfillDependencies,
): Promise<unknown[]> {
  return inTurns(await dependencies.rds.events(from, until), async (row) => {
    const event = fromDescribeEvents(row);
    const signal = signalOf(event);
    const concerns = Date.parse(event.date) >= since || deploymentOf(event, signal?.reading ?? {}, deployments);
    if (signal && concerns) await dependencies.deliveries.once<Taken>(deliveryKey(event), context, () => takeLate(event, dependencies));
  });
}

/** Takes an event that never reached the watch handler. */
function takeLate(event: RdsEvent, dependencies: BackfillDependencies): Promise<Taken> {
  const { telemetry } = dependencies;
  return inSpan(telemetry, "RDS event", async (span) => {
    const taken = await take(event, dependencies);
    const deployment = "key" in taken ? deploymentIdOf(taken.key) : undefined;
    span.note({ deployment, signal: taken.signal });
    telemetry.log.info("RDS event that only DescribeEvents told", { deployment, signal: taken.signal, event, taken });
    return taken;
  });
}
