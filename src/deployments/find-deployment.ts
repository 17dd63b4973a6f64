import type { Deployment } from "./deployment.ts";

/** No single deployment matches what was typed; the message lists the candidates. */
export class NotFoundError extends Error {
  override readonly name = "NotFoundError";
}

/**
 * Finds the deployment with the name or id; returns an Error that lists the candidates if none or several match.
 *
 * With `complete`, a prefix of the name or id is enough if it is unique.
 */
export function findDeployment(deployments: readonly Deployment[], typed: string, complete = false): Deployment | NotFoundError {
  const exact = deployments.filter(({ id, name }) => id === typed || name === typed);
  const begins = complete && exact.length === 0 ? deployments.filter((it) => it.id.startsWith(typed) || it.name.startsWith(typed)) : [];
  const found = exact.length > 0 ? exact : begins;
  if (found.length === 1 && found[0]) return found[0];
  const list = (some: readonly Deployment[]) =>
    some
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(({ id, name }) => `  ${name} (${id})`)
      .join("\n");
  if (exact.length > 1) return new NotFoundError(`Several deployments are called "${typed}". Say which by its id:\n${list(found)}`);
  if (found.length > 1) return new NotFoundError(`Several deployments begin with "${typed}". Say which:\n${list(found)}`);
  const there = deployments.length === 0 ? "RDS lists no blue/green deployment here." : `RDS lists:\n${list(deployments)}`;
  return new NotFoundError(`There is no blue/green deployment with the name or id "${typed}". ${there}`);
}
