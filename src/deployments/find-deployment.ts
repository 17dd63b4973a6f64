import type { Deployment } from "./deployment.ts";

/** No single deployment matches what was typed; the message lists the candidates. */
export class NotFoundError extends Error {
  override readonly name = "NotFoundError";
}

// Every id in AWS's documents has this form. Source: RDS API, BlueGreenDeployment, examples.
const ID = /^bgd-[a-z0-9]{16}$/;

/** True for a text that has the form of an id: it means no deployment of that name, not even once the one with the id is gone. */
export const isId = (typed: string): boolean => ID.test(typed);

/**
 * Finds the deployment with the id or, if none has it, the name; returns an Error that lists the candidates if none or several match.
 *
 * With `complete`, for what only shows, a prefix of the name or id is enough if it is unique. Without, the Error says which one a prefix
 * would mean.
 */
export function findDeployment(deployments: readonly Deployment[], typed: string, complete = false): Deployment | NotFoundError {
  const own = deployments.filter(({ id }) => id === typed);
  const exact = own.length > 0 || isId(typed) ? own : deployments.filter(({ name }) => name === typed);
  if (exact.length > 1) return new NotFoundError(`Several deployments are called "${typed}". Say which by its id:\n${list(exact)}`);
  const begins = exact.length > 0 ? [] : beginningWith(deployments, typed);
  const [only] = exact.length === 0 && complete && begins.length === 1 ? begins : exact;
  if (only) return only;
  if (begins.length > 0) return new NotFoundError(wholeNameWords(typed, begins, complete));
  const there = deployments.length === 0 ? "RDS lists no blue/green deployment here." : `RDS lists:\n${list(deployments)}`;
  return new NotFoundError(`There is no blue/green deployment with the name or id "${typed}". ${there}`);
}

/** A deployment's two names. */
export type Named = Pick<Deployment, "id" | "name">;

/** Those whose name or id begins with what was typed. */
export function beginningWith<T extends Named>(all: readonly T[], typed: string): T[] {
  return all.filter((it) => it.id.startsWith(typed) || (!isId(typed) && it.name.startsWith(typed)));
}

/** Says which deployments begin with what was typed, and that the whole name is needed unless what was asked for only shows. */
export function wholeNameWords(typed: string, begins: readonly Named[], onlyShows = false): string {
  if (onlyShows) return `Several deployments begin with "${typed}". Say which:\n${list(begins)}`;
  const which = begins.length === 1 ? "One deployment begins" : "Several deployments begin";
  return `${which} with "${typed}". What changes something takes the whole name or the id:\n${list(begins)}`;
}

function list(some: readonly Named[]): string {
  return some
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name }) => `  ${name} (${id})`)
    .join("\n");
}
