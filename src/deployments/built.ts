import type { Database, Deployment, Member, Task } from "./deployment.ts";

/** The unfinished parts of a deployment. If there are none, green is built. */
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

/** What keeps green from being built, including those of `databases` that are not available. The one place that decides it. */
export function unbuilt({ target, tasks, members }: Deployment, databases: readonly Database[] = []): Unbuilt {
  return {
    noGreen: target === undefined,
    tasks: tasks.filter(({ status }) => status !== "COMPLETED"),
    members: members.filter(({ status }) => status !== "AVAILABLE"),
    databases: databases.filter(({ status }) => status !== "available"),
  };
}

/** True once nothing is unfinished: only then does RDS accept a switchover. */
export function isBuilt(deployment: Deployment, databases: readonly Database[] = []): boolean {
  const { noGreen, tasks, members, databases: busy } = unbuilt(deployment, databases);
  return !noGreen && tasks.length + members.length + busy.length === 0;
}

/** True once the tasks are done, so green has its final parameter groups. If an endpoint lists no tasks, the status decides. */
export function areTasksDone(deployment: Deployment): boolean {
  return deployment.tasks.length > 0 ? unbuilt(deployment).tasks.length === 0 : deployment.status !== "PROVISIONING";
}

/** True while RDS lists the task that upgrades green's engine, but not as COMPLETED. */
export function isUpgrading(deployment: Deployment): boolean {
  return unbuilt(deployment).tasks.some(({ name }) => name === "DB_ENGINE_VERSION_UPGRADE");
}

/** True once green has its final engine version, which is blue's if RDS lists tasks but no upgrade. */
export function isUpgraded(deployment: Deployment): boolean {
  return !isUpgrading(deployment) && (deployment.tasks.length > 0 || areTasksDone(deployment));
}

/** How many of the deployment's tasks are done, out of how many, and which task RDS is working on. */
export function progressOf(deployment: Pick<Deployment, "tasks">): { done: number; of: number; now?: string } {
  return {
    done: deployment.tasks.filter((task) => task.status === "COMPLETED").length,
    of: deployment.tasks.length,
    now: deployment.tasks.find((task) => task.status === "IN_PROGRESS")?.name,
  };
}
