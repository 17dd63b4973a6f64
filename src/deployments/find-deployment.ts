import type { Coded } from "./coded.ts";
import type { Deployment } from "./deployment.ts";

/** Why no single deployment is meant by what was typed, and the candidates. */
export type NotFound = Coded<NotFounds>;

/** The same, by code. */
export interface NotFounds {
  "same-name": { typed: string; deployments: readonly Named[] };
  /** What changes something takes the whole name or the id. */
  "only-beginning": { typed: string; deployments: readonly Named[] };
  "same-beginning": { typed: string; deployments: readonly Named[] };
  "no-such-deployment": { typed: string; deployments: readonly Named[] };
}

/** True if no single deployment was found. */
export const isNotFound = (found: Deployment | readonly Deployment[] | NotFound): found is NotFound => "code" in found;

// Every id in AWS's documents has this form. Source: RDS API, BlueGreenDeployment, examples.
const ID = /^bgd-[a-z0-9]{16}$/;

/** True for a text that has the form of an id: it means no deployment of that name, not even once the one with the id is gone. */
export const isId = (typed: string): boolean => ID.test(typed);

/**
 * Finds the deployment with the id or, if none has it, the name; says what there is instead if none or several match.
 *
 * With `complete`, for what only shows, a prefix of the name or id is enough if it is unique. Without, the answer says which one a prefix
 * would mean.
 */
export function findDeployment(deployments: readonly Deployment[], typed: string, complete = false): Deployment | NotFound {
  const own = deployments.filter(({ id }) => id === typed);
  const exact = own.length > 0 || isId(typed) ? own : deployments.filter(({ name }) => name === typed);
  if (exact.length > 1) return notFound("same-name", typed, exact);
  const begins = exact.length > 0 ? [] : beginningWith(deployments, typed);
  const [only] = exact.length === 0 && complete && begins.length === 1 ? begins : exact;
  if (only) return only;
  if (begins.length > 0) return notFound(complete ? "same-beginning" : "only-beginning", typed, begins);
  return notFound("no-such-deployment", typed, deployments);
}

/** A deployment's two names. */
export type Named = Pick<Deployment, "id" | "name">;

/** Those whose name or id begins with what was typed. */
export function beginningWith<T extends Named>(all: readonly T[], typed: string): T[] {
  return all.filter((it) => it.id.startsWith(typed) || (!isId(typed) && it.name.startsWith(typed)));
}

/** What was typed, with the candidates in the order of their names. */
export function notFound(code: keyof NotFounds, typed: string, candidates: readonly Named[]): NotFound {
  const deployments = candidates.map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name));
  return { code, typed, deployments };
}
