import type { CustomEndpoint, Database, Deployment, Pair } from "./state.ts";

/** The names of a deployment's tasks, as AWS's samples show them. Source: AWS CLI reference, create-blue-green-deployment, examples. */
export type TaskName =
  | "CREATING_READ_REPLICA_OF_SOURCE"
  | "DB_ENGINE_VERSION_UPGRADE"
  | "CREATE_DB_INSTANCES_FOR_CLUSTER"
  | "CONFIGURE_BACKUPS"
  | "CREATING_TOPOLOGY_OF_SOURCE"
  | "CREATE_CUSTOM_ENDPOINTS";

/** Starts a task: those before it are COMPLETED. A task that the deployment does not have changes nothing. */
export function beginTask(deployment: Deployment, name: TaskName): void {
  const position = deployment.tasks.findIndex((task) => task.Name === name);
  if (position < 0) return;
  deployment.tasks = deployment.tasks.map((task, index) => {
    if (index === position) return { ...task, Status: "IN_PROGRESS" };
    return index < position ? { ...task, Status: "COMPLETED" } : task;
  });
}

/** Ends every task with one status: the running ones, or all. */
export function endTasks(deployment: Deployment, status: "COMPLETED" | "FAILED"): void {
  deployment.tasks = deployment.tasks.map((task) =>
    status === "COMPLETED" || task.Status === "IN_PROGRESS" ? { ...task, Status: status } : task,
  );
}

/** Whether both sides of a pair exist, so that it can be switched over. */
export function isPair({ target, status }: Pair<unknown>): boolean {
  return target !== undefined && status !== "MISSING_SOURCE";
}

/** Every pair in SwitchoverDetails, in its order. */
export function pairsOf({ members, endpoints }: Deployment): Pair<Database | CustomEndpoint>[] {
  return [...members, ...endpoints];
}

/** Sets the status of every member in SwitchoverDetails; a missing one stays missing. */
export function setMembers(deployment: Deployment, status: string): void {
  for (const member of pairsOf(deployment)) if (!member.status?.startsWith("MISSING_")) member.status = status;
}
