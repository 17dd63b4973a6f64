import type { Rds } from "../clients/rds/rds.ts";
import type { DeploymentView } from "../deployments/deployment.ts";

/** The deployment with its databases, as RDS says now; nothing where RDS does not know it. */
export async function viewOf(id: string, rds: Pick<Rds, "deployment" | "databases">): Promise<DeploymentView | undefined> {
  const deployment = await rds.deployment(id);
  return deployment && { deployment, databases: await rds.databases([deployment]) };
}
