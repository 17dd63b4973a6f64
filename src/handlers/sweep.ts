import { randomUUID } from "node:crypto";
import type { Context } from "aws-lambda";
import type { Executions } from "../clients/executions.ts";
import type { Metrics } from "../clients/metrics.ts";
import type { Rds } from "../clients/rds/rds.ts";
import { showDecisions } from "../conversation/decided.ts";
import { isBuilt } from "../deployments/built.ts";
import type { Deployment, DeploymentView } from "../deployments/deployment.ts";
import { deploymentIdOf, NOTHING_TO_TELL } from "../facts/record.ts";
import { applyPolicy, mayRecreate, type PolicyDependencies } from "../operations/apply-policy.ts";
import { keepPolicy } from "../operations/policy-now.ts";
import { lagsOf } from "../operations/read/lags.ts";
import { remembering } from "../operations/read/remembering.ts";
import { viewsOf } from "../operations/read/view-of.ts";
import { settleAll } from "../operations/settle.ts";
import { compare } from "../telling/compare.ts";
import { type PublishDependencies, publish } from "../telling/publish.ts";
import { type TellDependencies, tellWaiting } from "../telling/tell.ts";
import { createOperationTeller } from "../telling/tell-operation.ts";
import { isWatched } from "../telling/watched.ts";
import { type BackfillDependencies, backfill } from "./backfill.ts";
import { endAllLate } from "./end-late.ts";
import { inTurns, leftOut, named, withFailures } from "./failures.ts";
import { isInAnotherRun } from "./in-another-run.ts";
import { listedOnce } from "./listed-once.ts";

/**
 * Creates the handler that runs every five minutes and tells what no event told.
 *
 * It backfills from DescribeEvents through the same rules and keys as the watch handler, compares every watched deployment with its record,
 * ends operations whose execution is dead, applies the policy, and publishes and tells what is waiting. A failure does not stop the rest; the
 * handler throws it at the end.
 */
export function createSweepHandler(given: SweepDependencies): (event: unknown, context: Context) => Promise<void> {
  const dependencies = { ...given, rds: remembering(given.rds, given.records) };
  const { rds } = dependencies;
  return async (_event, context) => {
    const startedAt = dependencies.time.now();
    const deployments = await rds.deployments();
    const listed = { ...dependencies, rds: { ...rds, ...listedOnce({ ...rds, deployments: async () => deployments }) } };
    const inListing = async (id: string) => deployments.find((it) => it.id === id) ?? rds.deployment(id);
    const failures = [
      ...(await withFailures(() => backfill(startedAt, context, { ...listed, rds: { ...listed.rds, deployment: inListing } }))),
      ...(await withFailures(() => compareAll(deployments, startedAt, listed))),
      ...(await withFailures(() => settleOperations(context, dependencies))),
      ...(await withFailures(() => applyPolicies(dependencies))),
      ...(await withFailures(() => endAllLate(context, dependencies))),
      ...(await withFailures(() => publishAll(context, dependencies))),
      ...(await withFailures(() => tellAll(dependencies))),
      ...(await withFailures(() => showDecisions(dependencies))),
    ];
    if (failures.length > 0) throw leftOut(failures);
  };
}

/** What the sweep needs from the outside. */
export interface SweepDependencies extends BackfillDependencies, PublishDependencies, TellDependencies, PolicyDependencies {
  rds: Rds;
  bus: PublishDependencies["bus"] & PolicyDependencies["bus"];
  /** Says how far green lags behind blue; nothing waits for it. */
  metrics: Pick<Metrics, "lag">;
  /** Absent if the guard has no operations. */
  executions?: Pick<Executions, "ownerOf" | "stop">;
  /** How many hours a deployment may be PROVISIONING without progress before the team is told. */
  stuckAfterHours: number;
  /** Milliseconds that one sweep may spend telling; the function's timeout has to leave room for the last calls after it. */
  tellBudgetMs: number;
}

/** Ends what dead executions left; the sweep itself tells of it at its end. */
async function settleOperations(context: Context, dependencies: SweepDependencies): Promise<unknown[]> {
  const { records, executions, time } = dependencies;
  if (!executions) return [];
  const tell = createOperationTeller({ ...dependencies, tellBudgetMs: 0, context: () => context });
  return settleAll({ records, executions, now: () => time.now(), tell });
}

/** Keeps what the policy says now, for operations that began before, and has every degraded deployment recreated of which it says so. */
async function applyPolicies(dependencies: SweepDependencies): Promise<unknown[]> {
  await keepPolicy(dependencies, dependencies.records);
  if (!mayRecreate(dependencies)) return [];
  return inTurns(await dependencies.records.open(), ({ key }) => applyPolicy(key, dependencies));
}

async function publishAll(context: Context, dependencies: SweepDependencies): Promise<unknown[]> {
  const waiting = await dependencies.records.open({ belowRank: NOTHING_TO_TELL });
  const failures = await inTurns(waiting, ({ key }) => publish(key, context, dependencies));
  return failures.filter((error) => !isInAnotherRun(error));
}

async function tellAll(dependencies: SweepDependencies): Promise<unknown[]> {
  await tellWaiting(new Map(), randomUUID(), dependencies.time.now() + dependencies.tellBudgetMs, dependencies);
  return [];
}

/** Compares every watched deployment with its record, and treats as gone those with an open record that RDS no longer lists. */
async function compareAll(deployments: Deployment[], startedAt: number, dependencies: SweepDependencies): Promise<unknown[]> {
  const { rds, records } = dependencies;
  const now = new Date(startedAt).toISOString();
  const watched = deployments.filter((deployment) => isWatched(deployment, dependencies.watch));
  const views = await viewsOf(watched, rds);
  const lags = await lagsOf(views.filter(isBuiltAt), dependencies.metrics, startedAt);
  const listed = new Set(deployments.map(({ id }) => id));
  const open = (await records.open()).map(({ key }) => deploymentIdOf(key)).filter((id) => id !== undefined);
  const unlisted = open.filter((id) => !listed.has(id));
  const compareListed = (view: DeploymentView) => compare(view.deployment.id, view, now, dependencies, lags.get(view.deployment.id));
  const compareUnlisted = async (id: string) => {
    // A deployment created since the listing is not gone.
    if (!(await rds.deployment(id))) await compare(id, undefined, now, dependencies);
  };
  return [
    ...(await inTurns(views, (view) => named(view.deployment.id, compareListed(view)))),
    ...(await inTurns(unlisted, (id) => named(id, compareUnlisted(id)))),
  ];
}

/** A lag says nothing before green is built. */
const isBuiltAt = ({ deployment }: DeploymentView): boolean => isBuilt(deployment);
