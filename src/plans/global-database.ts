import { rdsName } from "../deployments/arn.ts";
import type { Database, Deployment } from "../deployments/deployment.ts";
import { type Finding, fail } from "./checks.ts";
import type { Findings } from "./findings.ts";

/**
 * Refuses an Aurora Global Database; undefined for any other database.
 *
 * AWS asks for further actions, and those in every Region of the global database: the guard has neither, so that it could end between a
 * deletion and a creation that AWS refuses. Source: Aurora User Guide, blue-green-deployments-authorizing-access, "Additional permissions
 * for Aurora Global Database".
 */
export function globalDatabase(
  { members }: Deployment,
  databases: readonly Database[],
  not: Findings["in-global-database"]["not"],
): Finding | undefined {
  const sources = members.map(({ source = "" }) => rdsName(source)).filter(({ kind }) => kind === "global-cluster");
  const named = databases.map(({ configuration }) => configuration?.globalClusterIdentifier).filter((it) => it !== undefined);
  const [name] = [...named, ...sources.map((it) => it.name)];
  return name === undefined ? undefined : fail({ code: "in-global-database", name, not });
}
