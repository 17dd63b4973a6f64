import type { Database, Deployment, Member, Task } from "./deployment.ts";

/** What of a deployment is not finished, part by part; where all parts are empty, green is built. */
export interface Unbuilt {
  /** True while RDS names no green. */
  noGreen: boolean;
  /** The tasks that are not COMPLETED. */
  tasks: Task[];
  /** The pairs of blue and green that are not AVAILABLE. */
  members: Member[];
  /** The databases that are not available. */
  databases: Database[];
}

/** The one answer to "is green built?": what is missing of it, with those of `databases` that have to be available too. */
export function unbuilt({ target, tasks, members }: Deployment, databases: readonly Database[] = []): Unbuilt {
  return {
    noGreen: target === undefined,
    tasks: tasks.filter(({ status }) => status !== "COMPLETED"),
    members: members.filter(({ status }) => status !== "AVAILABLE"),
    databases: databases.filter(({ status }) => status !== "available"),
  };
}

/** True once nothing is missing of it: only then does RDS accept a switchover. */
export function isBuilt(deployment: Deployment, databases: readonly Database[] = []): boolean {
  const { noGreen, tasks, members, databases: busy } = unbuilt(deployment, databases);
  return !noGreen && tasks.length + members.length + busy.length === 0;
}

/** True once the tasks are done, and so green has the parameter groups it will have. Some endpoints list no tasks: then the status decides. */
export function areTasksDone(deployment: Deployment): boolean {
  return deployment.tasks.length > 0 ? unbuilt(deployment).tasks.length === 0 : deployment.status !== "PROVISIONING";
}

/** True while RDS lists the task that gives green its engine version and has not done it. */
export function isUpgrading(deployment: Deployment): boolean {
  return unbuilt(deployment).tasks.some(({ name }) => name === "DB_ENGINE_VERSION_UPGRADE");
}

/** True once green has the engine version it will have, which is blue's where RDS lists tasks and no upgrade among them. */
export function isUpgraded(deployment: Deployment): boolean {
  return !isUpgrading(deployment) && (deployment.tasks.length > 0 || areTasksDone(deployment));
}
