import { beginningWith, isId, type Named, wholeNameWords } from "../deployments/find-deployment.ts";
import { hasLapsed, isHalfDone, isUndecided, type OperationRequest } from "./request.ts";
import { called } from "./words.ts";

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

/** Says that the requests are about several deployments of the name that was typed, and lists them; undefined if they are not. */
export function severalWords(requests: readonly OperationRequest[], typed: string): string | undefined {
  const meant = new Map(requests.filter((it) => concerns(it, typed)).map((it) => [it.deploymentId, `  ${called(it)}`]));
  return meant.size > 1 ? `Several deployments are called "${typed}". Say which by its id:\n${[...meant.values()].join("\n")}` : undefined;
}

/** The requests that `cancel` stops or puts aside. */
export function stoppable(requests: readonly OperationRequest[], now: number): OperationRequest[] {
  return requests.filter((it) => isUnderWay(it, now) || isUndecided(it));
}

/** Says which of the requests' deployments begin with what was typed, and that the whole name is needed; undefined if none does. */
export function beginningWords(requests: readonly OperationRequest[], typed: string): string | undefined {
  const named = new Map(requests.map(({ deploymentId: id, deploymentName: name }): [string, Named] => [id, { id, name }]));
  const begins = beginningWith([...named.values()], typed);
  return begins.length === 0 ? undefined : wholeNameWords(typed, begins);
}

const youngest = (requests: readonly OperationRequest[]): OperationRequest | undefined =>
  [...requests].sort((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0];

/**
 * That there is nothing to stop by what was typed, and what there is: a typing error must not reassure anybody. `unseen` says what else may
 * be under way that is not seen here.
 */
export function nothingToStopWords(stoppables: readonly OperationRequest[], typed: string, unseen?: string): string {
  const running = namesOf(stoppables.filter((it) => !isUndecided(it)));
  const unclear = namesOf(stoppables.filter(isUndecided));
  const sentences = [
    ...(running.length > 0 ? [`${running.length === 1 ? "One is" : "Others are"} under way on ${listed(running)}.`] : []),
    ...(unclear.length > 0 ? [`How the switchover of ${listed(unclear)} ended is not clear.`] : []),
    ...(unseen === undefined ? [] : [unseen]),
  ];
  const none = unseen === undefined ? `No operation on "${typed}" is under way` : `No operation on "${typed}" is seen from here`;
  return sentences.length === 0 ? `${none}: there is nothing to stop.` : `${none}. ${sentences.join(" ")}`;
}

const namesOf = (requests: readonly OperationRequest[]): string[] => [...new Set(requests.map((it) => it.deploymentName))];

const listed = (names: readonly string[]): string => [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");
