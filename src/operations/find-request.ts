import { hasLapsed, isHalfDone, type OperationRequest } from "./request.ts";

/** True where a name or id that a person typed means the deployment of the request: the old one or the new one. */
export function concerns({ deploymentId, deploymentName, created, intent }: OperationRequest, typed: string): boolean {
  return [deploymentId, deploymentName, created, intent?.create.BlueGreenDeploymentName].includes(typed);
}

/** True where a request is being worked on, or may still be begun. */
export function isUnderWay(request: OperationRequest, now: number): boolean {
  return request.outcome === undefined && !hasLapsed(request, now);
}

/** The request that is under way for what was typed; of several the youngest. */
export function findUnderWay(requests: readonly OperationRequest[], typed: string, now: number): OperationRequest | undefined {
  return youngest(requests.filter((it) => isUnderWay(it, now) && concerns(it, typed)));
}

/** The request that deleted what was typed and created nothing in its place. */
export function findHalfDone(requests: readonly OperationRequest[], typed: string, now: number): OperationRequest | undefined {
  return youngest(requests.filter((it) => isHalfDone(it, now) && concerns(it, typed)));
}

const youngest = (requests: readonly OperationRequest[]): OperationRequest | undefined =>
  [...requests].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0];
