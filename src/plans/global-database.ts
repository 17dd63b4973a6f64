import { rdsName } from "../deployments/arn.ts";
import type { Database, Deployment } from "../deployments/deployment.ts";
import { type Finding, fail } from "./checks.ts";

/**
 * Refuses an Aurora Global Database; undefined for any other database.
 *
 * AWS asks for further actions, and those in every Region of the global database: the guard has neither, so that it could end between a
 * deletion and a creation that AWS refuses. Source: Aurora User Guide, blue-green-deployments-authorizing-access, "Additional permissions
 * for Aurora Global Database".
 *
 * @param doing what the guard does not do, such as "switch it over".
 */
export function globalDatabase({ members }: Deployment, databases: readonly Database[], doing: string): Finding | undefined {
  const sources = members.map(({ source = "" }) => rdsName(source)).filter(({ kind }) => kind === "global-cluster");
  const named = databases.map(({ configuration }) => configuration?.globalClusterIdentifier).filter((it) => it !== undefined);
  const [name] = [...named, ...sources.map((it) => it.name)];
  if (name === undefined) return undefined;
  return fail(
    `Blue is in the Aurora Global Database \`${name}\`: the guard does not ${doing}, since it has no rights in the other Regions and does not see them.`,
    "Do it in the RDS console, or with the AWS CLI.",
  );
}
