import type { DeploymentView } from "../deployments/deployment.ts";
import { findDeployment, isNotFound } from "../deployments/find-deployment.ts";
import { firstAt } from "../facts/facts.ts";
import { type DeploymentRecord, deploymentKey, type LagReading } from "../facts/record.ts";
import { answer } from "../messages/slack/command-replies.ts";
import type { Message } from "../messages/slack/message.ts";
import { type StatusLine, statusOfAll, statusOfOne } from "../messages/slack/status-message.ts";
import { concerns, isUnderWay } from "../operations/find-request.ts";
import { lagsOf } from "../operations/read/lags.ts";
import { readStanding } from "../operations/read/standing-of.ts";
import { viewAt, viewsOf } from "../operations/read/view-of.ts";
import { isHalfDone, isUndecided, type OperationRequest } from "../operations/request.ts";
import { openRequests } from "../operations/requests.ts";
import { switchover } from "../operations/switchover/operation.ts";
import { planSwitchoverOf } from "../operations/switchover/plan.ts";
import { type Standing, standingOf } from "../standing/standing.ts";
import { threadEntryOf } from "../standing/thread-entry.ts";
import { type AnswerDependencies, planningPorts } from "./ports.ts";

/** How all deployments stand, or the one whose name or id begins with `typed`. */
export async function status(typed: string | undefined, dependencies: AnswerDependencies): Promise<Message> {
  const { rds, records, time } = dependencies;
  const deployments = await rds.deployments();
  const now = time.now();
  const requests = (await openRequests(records)).filter((it) => isUnderWay(it, now) || isHalfDone(it, now) || isUndecided(it));
  if (typed !== undefined) {
    const found = findDeployment(deployments, typed, true);
    if (!isNotFound(found)) {
      // Another answer may be older than this one.
      const view = await viewAt(found, rds);
      const { standing, plan } = await planSwitchoverOf(view, switchover.timeout.leftOut, planningPorts(dependencies));
      return statusOfOne(await lineOf(view, requests, dependencies, { standing }), plan.checks, now);
    }
    const left = requests.filter((it) => concerns(it, typed));
    return left.length > 0 ? statusOfAll([], left) : answer(found);
  }
  const views = await viewsOf(deployments, rds);
  const lags = await lagsOf(views, dependencies.metrics, now);
  const lines = await Promise.all(views.map((view) => lineOf(view, requests, dependencies, { lag: lags.get(view.deployment.id) })));
  return statusOfAll(
    lines,
    requests.filter((it) => !deployments.some(({ id }) => isOn(id, it))),
  );
}

const isOn = (id: string, { deploymentId, created }: OperationRequest): boolean => id === deploymentId || id === created;

async function lineOf(
  view: DeploymentView,
  requests: readonly OperationRequest[],
  { records, time }: AnswerDependencies,
  known: { standing?: Standing; lag?: LagReading },
): Promise<StatusLine> {
  const { id, createTime } = view.deployment;
  const record = await records.read<DeploymentRecord>(deploymentKey(id));
  const facts = record?.facts ?? [];
  const read = known.standing ?? (await readStanding({ view, record, ...(known.lag && { lag: known.lag }) }, records, time.now()));
  const summary = read ?? standingOf({ view, facts });
  const last = facts.toSorted((a, b) => firstAt(a).localeCompare(firstAt(b))).at(-1);
  return {
    summary,
    ageMs: createTime === undefined ? undefined : time.now() - Date.parse(createTime),
    last: last && threadEntryOf(last, facts, summary),
    operation: requests.find((it) => isOn(id, it)),
  };
}
