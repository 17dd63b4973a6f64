import { rdsName } from "../../deployments/arn.ts";
import { isBuilt, progressOf } from "../../deployments/built.ts";
import { isInvalid } from "../../deployments/degradation.ts";
import { type Deployment, type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import { isSame } from "../../facts/hash-of.ts";
import { isMissing } from "../missing.ts";
import { viewAt } from "../read/view-of.ts";
import type { OperationRequest } from "../request.ts";
import { amendRequest } from "../requests.ts";
import type { Reason } from "../says/reasons.ts";
import type { Shown } from "../says/shown.ts";
import { type Look, SOON_SECONDS, soonAfter } from "../waiting/look.ts";
import type { RecreatePorts } from "./ports.ts";

/**
 * How far the new deployment is; broken if it will never be ready, is of no use, or a person gave up waiting for it.
 *
 * RDS's events say whether it is degraded as well. They are asked for where its answer shows nothing new, so that what woke the wait may be
 * just that, and before it counts as built.
 */
export async function lookBuilt(
  request: OperationRequest | undefined,
  requestId: string,
  id: string,
  { unmoved, shown }: { unmoved: number; shown?: Shown },
  ports: RecreatePorts,
): Promise<Look> {
  const cancelled = request?.cancelled;
  if (cancelled) return { done: false, broken: { code: "gave-up-creation", by: cancelled.by, id } };
  const deployment = await ports.rds.deployment(id);
  const gone = await isMissing(requestId, id, deployment === undefined, ports, { request });
  if (!deployment) return { done: false, within: SOON_SECONDS, broken: gone ? { code: "new-gone", id } : undefined };
  const { status } = deployment;
  const broken = whyNeverReady(deployment);
  if (broken !== undefined) return { done: false, broken };
  // RDS switches over only what it has built.
  if (status.startsWith("SWITCHOVER_")) return { done: true, said: SWITCHED[status] ?? { code: "status-since", status } };
  const isBuilding = status !== "AVAILABLE";
  const shows = progressShown({ deployment, databases: [] });
  const degradation = isBuilding && !isSame(shows, shown) && !ports.isUnwatched ? undefined : await ports.degradation(deployment);
  if (degradation?.state === "degraded") {
    await amendRequest(ports.records, requestId, (it) => (it.degradedAgain ? it : { ...it, degradedAgain: true }));
    return { done: false, broken: { code: "degraded-again", id, at: degradation.lastAt, text: degradation.text } };
  }
  // While RDS itself says that it builds, its databases decide nothing.
  if (isBuilding) {
    const { done, of } = progressOf(deployment);
    return { done: false, shows, within: of > 0 && done === of ? soonAfter(unmoved) : undefined };
  }
  const view = await viewAt(deployment, ports.rds);
  const isReady = isDescribed(view) && isBuilt(deployment, view.databases);
  return { done: isReady, shows: progressShown(view), within: soonAfter(unmoved) };
}

/** What a person did with the new deployment before this operation saw it ready. */
const SWITCHED: Partial<Record<string, Reason>> = {
  SWITCHOVER_IN_PROGRESS: { code: "switching-over-already" },
  SWITCHOVER_COMPLETED: { code: "switched-over-since" },
  SWITCHOVER_FAILED: { code: "switchover-failed-since" },
};

function whyNeverReady(deployment: Deployment): Reason | undefined {
  const { id, status, statusDetails: details, tasks } = deployment;
  if (status === "DELETING") return { code: "new-being-deleted", id };
  const failed = tasks.find((task) => task.status === "FAILED");
  if (!failed && !isInvalid(deployment)) return undefined;
  return { code: "never-ready", id, status, task: failed?.name, details };
}

/** True if RDS describes every database of green: an empty list proves nothing. */
function isDescribed(view: DeploymentView): boolean {
  const { target, members } = view.deployment;
  const targets = [target, ...members.map((member) => member.target)].filter((arn) => arn !== undefined);
  return targets.filter((arn) => ["cluster", "db"].includes(rdsName(arn).kind)).every((arn) => databaseAt(view, arn) !== undefined);
}

/** What moves in a creation. */
function progressShown({ deployment: { status, tasks, members }, databases }: DeploymentView): Shown {
  const waiting = [...members.map((it) => it.status), ...databases.map((it) => it.status)].filter((it) => it && !/^available$/i.test(it));
  const statuses = [...new Set(waiting)].filter((it) => it !== undefined);
  return { code: "building", status, ...progressOf({ tasks }), statuses };
}
