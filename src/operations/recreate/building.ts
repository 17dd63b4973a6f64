import { rdsName } from "../../deployments/arn.ts";
import { isBuilt, progressOf } from "../../deployments/built.ts";
import { isInvalid } from "../../deployments/degradation.ts";
import { type Deployment, type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import { isMissing } from "../missing.ts";
import { viewAt } from "../read/view-of.ts";
import type { OperationRequest } from "../request.ts";
import { amendRequest } from "../requests.ts";
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
  { unmoved, shown }: { unmoved: number; shown?: string },
  ports: RecreatePorts,
): Promise<Look> {
  const cancelled = request?.cancelled;
  if (cancelled) return { done: false, broken: `${cancelled.by} gave up waiting for ${id}, which RDS goes on building.` };
  const deployment = await ports.rds.deployment(id);
  const gone = await isMissing(requestId, id, deployment === undefined, ports, { request });
  if (!deployment)
    return { done: false, within: SOON_SECONDS, broken: gone ? `The new deployment ${id} is gone: somebody has deleted it.` : undefined };
  const { status } = deployment;
  const broken = whyNeverReady(deployment);
  if (broken !== undefined) return { done: false, broken };
  // RDS switches over only what it has built.
  if (status.startsWith("SWITCHOVER_")) return { done: true, said: SWITCHED[status] ?? `RDS says ${status} of it: its card says more.` };
  const isBuilding = status !== "AVAILABLE";
  const shows = progressWords({ deployment, databases: [] });
  const degradation = isBuilding && shows !== shown && !ports.isUnwatched ? undefined : await ports.degradation(deployment);
  if (degradation?.state === "degraded") {
    await amendRequest(ports.records, requestId, (it) => (it.degradedAgain ? it : { ...it, degradedAgain: true }));
    const words = `DDL ran on blue again: the new deployment ${id} is degraded as well (${degradation.lastAt}: ${degradation.text}).`;
    return { done: false, broken: `${words} Stop what runs DDL on blue before it is created once more.` };
  }
  // While RDS itself says that it builds, its databases decide nothing.
  if (isBuilding) {
    const { done, of } = progressOf(deployment);
    return { done: false, shows, within: of > 0 && done === of ? soonAfter(unmoved) : undefined };
  }
  const view = await viewAt(deployment, ports.rds);
  const isReady = isDescribed(view) && isBuilt(deployment, view.databases);
  return { done: isReady, shows: progressWords(view), within: soonAfter(unmoved) };
}

/** What a person did with the new deployment before this operation saw it ready. */
const SWITCHED: Partial<Record<string, string>> = {
  SWITCHOVER_IN_PROGRESS: "Somebody is switching it over already.",
  SWITCHOVER_COMPLETED: "Somebody has switched it over since.",
  SWITCHOVER_FAILED: "Somebody has tried to switch it over, which failed: its card says more.",
};

function whyNeverReady(deployment: Deployment): string | undefined {
  const { id, status, statusDetails, tasks } = deployment;
  if (status === "DELETING") return `The new deployment ${id} is being deleted: somebody has asked RDS for that.`;
  const failed = tasks.find((task) => task.status === "FAILED");
  if (!failed && !isInvalid(deployment)) return undefined;
  return `The new deployment ${id} is ${status}${failed ? ` at ${failed.name}` : ""}. ${statusDetails ?? ""}`.trim();
}

/** True if RDS describes every database of green: an empty list proves nothing. */
function isDescribed(view: DeploymentView): boolean {
  const { target, members } = view.deployment;
  const targets = [target, ...members.map((member) => member.target)].filter((arn) => arn !== undefined);
  return targets.filter((arn) => ["cluster", "db"].includes(rdsName(arn).kind)).every((arn) => databaseAt(view, arn) !== undefined);
}

/** What moves in a creation, in words. */
function progressWords({ deployment: { status, tasks, members }, databases }: DeploymentView): string {
  const { done, of, now } = progressOf({ tasks });
  const waiting = [...members.map((it) => it.status), ...databases.map((it) => it.status)].filter((it) => it && !/^available$/i.test(it));
  const tasksDone = of === 0 ? "" : `, ${done} of ${of} tasks done${now ? `, now ${now}` : ""}`;
  return `${status}${tasksDone}${waiting.length > 0 ? `; databases: ${[...new Set(waiting)].join(", ")}` : ""}`;
}
