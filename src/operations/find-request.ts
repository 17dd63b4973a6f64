import { beginningWith, isId, type Named, type NotFound, notFound } from "../deployments/find-deployment.ts";
import { hasLapsed, isHalfDone, isUndecided, type OperationRequest } from "./request.ts";
import { namedIn } from "./says/asker.ts";

/** True if the name or id that a person typed means the request's deployment: the old one or the new one. An id is nobody's name. */
export function concerns({ deploymentId, deploymentName, created, intent }: OperationRequest, typed: string): boolean {
  const names = isId(typed) ? [] : [deploymentName, intent?.create.BlueGreenDeploymentName];
  return [deploymentId, created, ...names].includes(typed);
}

/** True if a request is being worked on, or can still start. */
export function isUnderWay(request: OperationRequest, now: number): boolean {
  return request.outcome === undefined && !hasLapsed(request, now);
}

/** The request that is under way for what was typed; the latest if there are several. */
export function findUnderWay(requests: readonly OperationRequest[], typed: string, now: number): OperationRequest | undefined {
  return youngest(requests.filter((it) => isUnderWay(it, now) && concerns(it, typed)));
}

/** The request that deleted what was typed and created nothing in its place. */
export function findHalfDone(requests: readonly OperationRequest[], typed: string, now: number): OperationRequest | undefined {
  return youngest(requests.filter((it) => isHalfDone(it, now) && concerns(it, typed)));
}

/** The deployments of the name that was typed which the requests are about, if there are several. */
export function severalMeant(requests: readonly OperationRequest[], typed: string): NotFound | undefined {
  const meant = namesIn(requests.filter((it) => concerns(it, typed)));
  return meant.length > 1 ? notFound("several-called", typed, meant) : undefined;
}

/** The requests that `cancel` stops or puts aside. */
export function stoppable(requests: readonly OperationRequest[], now: number): OperationRequest[] {
  return requests.filter((it) => isUnderWay(it, now) || isUndecided(it));
}

/** The requests' deployments that begin with what was typed, which is not the whole name; undefined if none does. */
export function onlyBeginning(requests: readonly OperationRequest[], typed: string): NotFound | undefined {
  const begins = beginningWith(namesIn(requests), typed);
  return begins.length === 0 ? undefined : notFound("whole-name-needed", typed, begins);
}

const namesIn = (requests: readonly OperationRequest[]): Named[] => [
  ...new Map(requests.map((it) => [it.deploymentId, namedIn(it)])).values(),
];

const youngest = (requests: readonly OperationRequest[]): OperationRequest | undefined =>
  [...requests].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0];

/** The names of what is under way, each once: whoever typed another one is told of them. */
export const namesUnderWay = (stoppables: readonly OperationRequest[]): string[] => [
  ...new Set(stoppables.map(({ deploymentName }) => deploymentName)),
];
