import type { Deployment } from "../../../src/deployments/deployment.ts";
import { hasLapsed, isHalfDone, type OperationRequest } from "../../../src/operations/request.ts";

/** True where a name or id that a person typed means the deployment of the request: the old one or the new one. */
export function concerns({ deploymentId, deploymentName, created, intent }: OperationRequest, typed: string): boolean {
  return [deploymentId, deploymentName, created, intent?.create.BlueGreenDeploymentName].includes(typed);
}

/** True where a request is being worked on, or may still be begun. */
export function isUnderWay(request: OperationRequest, now: number): boolean {
  return request.outcome === undefined && !hasLapsed(request, now);
}

/** The request that is under way for what was typed; of several the youngest. */
export function underWay(requests: readonly OperationRequest[], typed: string, now: number): OperationRequest | undefined {
  return youngest(requests.filter((it) => isUnderWay(it, now) && concerns(it, typed)));
}

/** The request that deleted what was typed and created nothing in its place. */
export function halfDone(requests: readonly OperationRequest[], typed: string, now: number): OperationRequest | undefined {
  return youngest(requests.filter((it) => isHalfDone(it, now) && concerns(it, typed)));
}

const youngest = (requests: readonly OperationRequest[]): OperationRequest | undefined =>
  [...requests].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0];

/** The deployment with the name or id; an Error that lists what there is where there is none, or several. */
export function findDeployment(deployments: readonly Deployment[], typed: string): Deployment | NotFoundError {
  const found = deployments.filter(({ id, name }) => id === typed || name === typed);
  if (found.length === 1 && found[0]) return found[0];
  const list = (some: readonly Deployment[]) => some.map(({ id, name }) => `  ${name} (${id})`).join("\n");
  if (found.length > 1) return new NotFoundError(`Several deployments are called "${typed}". Say which by its id:\n${list(found)}`);
  const there = deployments.length === 0 ? "RDS lists no blue/green deployment here." : `RDS lists:\n${list(deployments)}`;
  return new NotFoundError(`There is no blue/green deployment with the name or id "${typed}". ${there}`);
}

/** What was typed is no deployment here; the message says what there is. */
export class NotFoundError extends Error {
  override readonly name = "NotFoundError";
}
