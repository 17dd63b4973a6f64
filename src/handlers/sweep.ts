import { randomUUID } from "node:crypto";
import type { Executions } from "../clients/executions.ts";
import type { Metrics } from "../clients/metrics.ts";
import type { Rds } from "../clients/rds/rds.ts";
import { showDecisions } from "../conversation/decided.ts";
import { remindApprovers } from "../conversation/remind-approvers.ts";
import { isBuilt } from "../deployments/built.ts";
import type { Deployment, DeploymentView } from "../deployments/deployment.ts";
import { lagShown } from "../deployments/lag-shown.ts";
import { digestOf, hintIn } from "../facts/hint.ts";
import { type DeploymentRecord, deploymentIdOf, deploymentKey, NOTHING_TO_TELL, waitingSince } from "../facts/record.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { applyPolicy, mayRecreate, type PolicyDependencies } from "../operations/apply-policy.ts";
import { keepPolicy } from "../operations/policy-now.ts";
import { lagsOf } from "../operations/read/lags.ts";
import { remembering } from "../operations/read/remembering.ts";
import { viewsOf } from "../operations/read/view-of.ts";
import { settleAll } from "../operations/settle.ts";
import { lookAtLeft, newsBy } from "../telling/news.ts";
import { placed, placesOf } from "../telling/places.ts";
import { stopsAll } from "../telling/send.ts";
import { drain, type TellDependencies } from "../telling/tell.ts";
import { createOperationTeller } from "../telling/tell-operation.ts";
import { sayUnwritable } from "../telling/unwritable.ts";
import { isWatched } from "../telling/watched.ts";
import { type BackfillDependencies, backfill } from "./backfill.ts";
import { endAllLate } from "./end-late.ts";
import { inTurns, leftOut, named, withFailures } from "./failures.ts";
import { openOnce } from "./open-once.ts";
import { remindAll } from "./remind.ts";

/**
 * Creates the handler that runs every five minutes and tells what no event told.
 *
 * It backfills from DescribeEvents through the same rules and keys as the watch handler, compares every watched deployment with its record,
 * ends operations whose execution is dead, applies the policy, and publishes and tells what is waiting. A failure does not stop the rest; the
 * handler throws it at the end.
 */
export function createSweepHandler(given: SweepDependencies): () => Promise<void> {
  return async () => {
    const records = openOnce(given.records);
    const rds = remembering(given.rds, records);
    const dependencies = { ...given, records, rds };
    const startedAt = dependencies.time.now();
    const { tellBudgetMs } = dependencies;
    const deployments = await rds.deployments();
    const failures = [
      ...(await withFailures(() => backfill(startedAt, deployments, startedAt + tellBudgetMs / 2, dependencies))),
      ...(await withFailures(() => compareAll(deployments, startedAt, dependencies))),
      ...(await withFailures(() => settleOperations(dependencies))),
      ...(await withFailures(() => applyPolicies(dependencies))),
      ...(await withFailures(() => endAllLate(dependencies))),
      ...(await withFailures(() => remindAll(dependencies))),
      ...(await withFailures(() => tellAll(startedAt + tellBudgetMs, dependencies))),
      ...(await withFailures(() => remindApprovers(dependencies))),
      ...(await withFailures(() => showDecisions(dependencies))),
    ];
    if (failures.length > 0) throw leftOut(failures);
  };
}

/** What the sweep needs from the outside. */
export interface SweepDependencies extends BackfillDependencies, TellDependencies, PolicyDependencies {
  rds: Rds;
  records: BackfillDependencies["records"];
  bus: TellDependencies["bus"] & PolicyDependencies["bus"];
  /** Says how far green lags behind blue; nothing waits for it. */
  metrics: Pick<Metrics, "lag">;
  /** Absent if the guard has no operations. */
  executions?: Pick<Executions, "ownerOf" | "stop" | "wake">;
  /** Ids of the users and user groups who are reminded of what waits for an approval. */
  operators?: readonly string[];
  /** How many hours a deployment may be PROVISIONING without progress before the team is told. */
  stuckAfterHours: number;
  /**
   * Milliseconds from its start until a sweep stops telling; half of it until it stops taking events. The function's timeout has to leave
   * room for what it finds out between the two, and for the last calls.
   */
  tellBudgetMs: number;
}

/** Ends what dead executions left; the sweep itself tells of it at its end. */
async function settleOperations(dependencies: SweepDependencies): Promise<unknown[]> {
  const { records, executions, time } = dependencies;
  if (!executions) return [];
  const tell = createOperationTeller({ ...dependencies, tellBudgetMs: 0 });
  return settleAll({ records, executions, now: () => time.now(), tell });
}

/** Keeps what the policy says now, for operations that began before, and has every degraded deployment recreated of which it says so. */
async function applyPolicies(dependencies: SweepDependencies): Promise<unknown[]> {
  await keepPolicy(dependencies, dependencies.records);
  if (!mayRecreate(dependencies)) return [];
  const asking = (await dependencies.records.open()).filter((row) => hintIn(row).asks);
  return inTurns(asking, ({ key }) => applyPolicy(key, dependencies));
}

/** Tells until `deadline`, for a quarter of the time at least: telling waits for no backlog of events. */
async function tellAll(deadline: number, dependencies: SweepDependencies): Promise<unknown[]> {
  const least = dependencies.time.now() + dependencies.tellBudgetMs / 4;
  const { ends, refusals } = await drain(randomUUID(), Math.max(deadline, least), dependencies);
  await sayOldest(dependencies);
  const failed = [...ends.values()].flatMap((end) => (end.end === "failed" && !stopsAll(end.error) ? [end.error] : []));
  return [...refusals.map(({ error }) => error), ...failed];
}

/** Says how long ago the oldest fact happened that no entry tells. */
async function sayOldest({ records, time, telemetry }: SweepDependencies): Promise<void> {
  const ages = (await records.open({ belowRank: NOTHING_TO_TELL })).flatMap((row) => waitingSince(row) ?? []);
  telemetry.seconds("OldestUntold", Math.max(0, ...ages.map((since) => (time.now() - since) / 1_000)));
}

/** Compares every watched deployment of which the index does not say the same with its record, and treats as gone those with an open record that RDS no longer lists. */
async function compareAll(deployments: Deployment[], startedAt: number, dependencies: SweepDependencies): Promise<unknown[]> {
  const { rds, records, stuckAfterHours } = dependencies;
  const watched = deployments.filter((deployment) => isWatched(deployment, dependencies.watch));
  const views = await viewsOf(watched, rds);
  const lags = await lagsOf(views.filter(isBuiltAt), dependencies.metrics, startedAt);
  const listed = new Set(deployments.map(({ id }) => id));
  const hints = new Map((await records.open()).map((row) => [row.key, hintIn(row)]));
  const open = [...hints.keys()].map(deploymentIdOf).filter((id) => id !== undefined);
  const unlisted = open.filter((id) => !listed.has(id));
  const stuckBefore = new Date(startedAt - stuckAfterHours * 3_600_000).toISOString();
  const changed = views.filter((view) => {
    const { id } = view.deployment;
    const { sees, shown, since = "" } = hints.get(deploymentKey(id)) ?? {};
    const lag = lags.get(id)?.lag;
    return sees !== digestOf(view, lag ? lagShown(lag, shown) : shown) || (since !== "" && since <= stuckBefore);
  });
  const places = placesOf(dependencies);
  const writeDown = async (id: string, look: Parameters<typeof newsBy>[0]) => {
    try {
      const { fold } = newsBy(look, [], startedAt, stuckAfterHours);
      await amendRecord(records, deploymentKey(id), (record) => placed(fold(record), places));
    } catch (error) {
      await sayUnwritable(error, look.view?.deployment.name, dependencies);
      throw error;
    }
  };
  const compareListed = (view: DeploymentView) => writeDown(view.deployment.id, { view, lag: lags.get(view.deployment.id) });
  const compareUnlisted = async (id: string) => {
    // A deployment created since the listing is not gone.
    if (!(await rds.deployment(id))) await writeDown(id, await lookAtLeft(await records.read<DeploymentRecord>(deploymentKey(id)), rds));
  };
  return [
    ...(await inTurns(changed, (view) => named(view.deployment.id, compareListed(view)))),
    ...(await inTurns(unlisted, (id) => named(id, compareUnlisted(id)))),
  ];
}

/** A lag says nothing before green is built. */
const isBuiltAt = ({ deployment }: DeploymentView): boolean => isBuilt(deployment);
