import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import type { Deliveries } from "../clients/deliveries.ts";
import type { Rds } from "../clients/rds.ts";
import type { Item, OpenItem } from "../clients/records.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { deploymentIdOf, deploymentKey } from "../deployments/record.ts";
import { fromDescribeEvents } from "../events/describe-events.ts";
import { deliveryKey } from "../events/rds-event.ts";
import { signalOf } from "../rules/signal.ts";
import { amendItem } from "./amend.ts";
import { compare } from "./compare.ts";
import { digestOf } from "./digest-of.ts";
import { listedOnce } from "./listed-once.ts";
import { type TakeDependencies, type Taken, take } from "./take.ts";
import { type TellDependencies, tellWaiting } from "./tell.ts";

/** What the sweep needs of the outside. */
export interface SweepDependencies extends TakeDependencies, TellDependencies {
  rds: Rds;
  deliveries: Deliveries;
  /** How many hours a deployment may be PROVISIONING without progress before the team is told. */
  stuckAfterHours: number;
  /** How long one sweep goes on telling; the function's timeout has to leave room for the last calls after it. */
  tellBudgetMs: number;
}

const FIRST_WINDOW_MS = 60 * 60_000;
const FOURTEEN_DAYS_MS = 14 * 24 * 3_600_000;
const AT_ONCE = 10;

/**
 * Makes the handler that runs every five minutes and tells what no event told.
 *
 * It backfills from DescribeEvents through the same rules and keys as the watch handler, compares every deployment with what was last seen
 * of it, and tells what is waiting.
 */
export function createSweepHandler(dependencies: SweepDependencies): (event: unknown, context: Context) => Promise<void> {
  return async (_event, context) => {
    const { rds, time } = dependencies;
    const startedAt = time.now();
    const deployments = await rds.deployments();
    const listed = { ...dependencies, rds: { ...rds, ...listedOnce({ ...rds, deployments: async () => deployments }) } };
    const failures = [...(await backfill(startedAt, context, listed)), ...(await compareAll(deployments, startedAt, listed))];
    if (failures.length === 0) await rememberSweep(startedAt, dependencies);
    await tellWaiting([], randomUUID(), time.now() + dependencies.tellBudgetMs, dependencies);
    if (failures.length > 0)
      throw new AggregateError(failures, `The sweep left out ${failures.length} things; the next one takes them up.`);
  };
}

/** When the last sweeps began, in milliseconds since 1970, the latest first. */
interface SweepItem extends Item {
  runs: number[];
}

const NO_SWEEPS: SweepItem = { key: "sweep", version: 0, runs: [] };

async function rememberSweep(startedAt: number, { records }: SweepDependencies): Promise<void> {
  await amendItem(records, NO_SWEEPS, (it) => ({ ...it, runs: [startedAt, ...it.runs].slice(0, 2) }));
}

/** Gives every event since the sweep before the last to the rules, as if it had just arrived. */
async function backfill(startedAt: number, context: Context, dependencies: SweepDependencies): Promise<unknown[]> {
  const { rds, records, deliveries } = dependencies;
  const { runs } = (await records.read<SweepItem>(NO_SWEEPS.key)) ?? NO_SWEEPS;
  const from = Math.max(Math.min(...runs, startedAt - FIRST_WINDOW_MS), startedAt - FOURTEEN_DAYS_MS);
  const events = (await rds.events(from)).map(fromDescribeEvents).filter((event) => signalOf(event) !== undefined);
  const failures = await inTurns(events, (event) => deliveries.once<Taken>(deliveryKey(event), context, () => take(event, dependencies)));
  // Another run is at it; should that one die, the next sweep's window still holds the event.
  return failures.filter((error) => !(error instanceof Error && error.name === "IdempotencyAlreadyInProgressError"));
}

async function compareAll(deployments: Deployment[], startedAt: number, dependencies: SweepDependencies): Promise<unknown[]> {
  const databases = await dependencies.rds.databases(deployments);
  const open = new Map((await dependencies.records.open()).map((item) => [item.key, item]));
  const views = deployments.map((deployment) => ({ deployment, databases: databases.filter(belongsTo(deployment)) }));
  const changed = views.filter((view) => isWorthALook(view, open.get(deploymentKey(view.deployment.id))));
  const listedKeys = new Set(deployments.map(({ id }) => deploymentKey(id)));
  const gone = [...open.keys()].filter((key) => deploymentIdOf(key) !== undefined && !listedKeys.has(key));
  const now = new Date(startedAt).toISOString();
  return [
    ...(await inTurns(changed, (view) => compare(view.deployment.id, view, now, dependencies))),
    ...(await inTurns(gone, (key) => compare(deploymentIdOf(key) ?? "", undefined, now, dependencies))),
  ];
}

function belongsTo(deployment: Deployment): (database: { arn: string }) => boolean {
  const arns = new Set([deployment, ...deployment.members].flatMap(({ source, target }) => [source, target]));
  return ({ arn }) => arns.has(arn);
}

/** False where the record shows just this already; one that is being built may be stuck, which time alone shows. */
function isWorthALook(view: { deployment: Deployment }, open: OpenItem | undefined): boolean {
  return view.deployment.status === "PROVISIONING" || open?.shows !== digestOf(view);
}

/** Runs all, ten at once; answers what went wrong, so that one failure does not keep the rest from being told. */
async function inTurns<T>(items: readonly T[], run: (item: T) => Promise<unknown>): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const results = await Promise.allSettled(items.slice(start, start + AT_ONCE).map(run));
    failures.push(...results.filter((result) => result.status === "rejected").map(({ reason }) => reason));
  }
  return failures;
}
