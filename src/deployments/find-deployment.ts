import type { Coded } from "./coded.ts";
import type { Deployment } from "./deployment.ts";

/** Why what was typed means no deployment; each with those that it may mean. */
export type NotFound = Coded<NotFounds>;

export interface NotFounds {
  none: Typed;
  "several-called": Typed;
  /** Of what is only shown. */
  "several-begin": Typed;
  /** What changes something takes the whole name or the id. */
  "whole-name-needed": Typed;
}

interface Typed {
  typed: string;
  deployments: readonly Named[];
}

/** A deployment's two names. */
export type Named = Pick<Deployment, "id" | "name">;

// Every id in AWS's documents has this form. Source: RDS API, BlueGreenDeployment, examples.
const ID = /^bgd-[a-z0-9]{16}$/;

/** True for a text that has the form of an id: it means no deployment of that name, not even once the one with the id is gone. */
export const isId = (typed: string): boolean => ID.test(typed);

/**
 * Finds the deployment with the id or, if none has it, the name; returns why, with the candidates, if none or several match.
 *
 * With `complete`, for what only shows, a prefix of the name or id is enough if it is unique. Without, it says which one a prefix would mean.
 */
export function findDeployment(deployments: readonly Deployment[], typed: string, complete = false): Deployment | NotFound {
  const own = deployments.filter(({ id }) => id === typed);
  const exact = own.length > 0 || isId(typed) ? own : deployments.filter(({ name }) => name === typed);
  if (exact.length > 1) return notFound("several-called", typed, exact);
  const begins = exact.length > 0 ? [] : beginningWith(deployments, typed);
  const [only] = exact.length === 0 && complete && begins.length === 1 ? begins : exact;
  if (only) return only;
  if (begins.length > 0) return notFound(complete ? "several-begin" : "whole-name-needed", typed, begins);
  return notFound("none", typed, deployments);
}

/** True for what was not found. */
export const isNotFound = (found: Deployment | readonly Deployment[] | NotFound): found is NotFound => "code" in found;

/** Why what was typed means none or several of these deployments. */
export const notFound = (code: NotFound["code"], typed: string, some: readonly Named[]): NotFound => ({
  code,
  typed,
  deployments: some.map(({ id, name }) => ({ id, name })).sort((a, b) => a.name.localeCompare(b.name)),
});

/** Those whose name or id begins with what was typed. */
export function beginningWith<T extends Named>(all: readonly T[], typed: string): T[] {
  return all.filter((it) => it.id.startsWith(typed) || (!isId(typed) && it.name.startsWith(typed)));
}
