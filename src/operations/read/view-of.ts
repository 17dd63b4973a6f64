import type { Rds } from "../../clients/rds/rds.ts";
import { rdsName } from "../../deployments/arn.ts";
import type { Deployment, DeploymentView } from "../../deployments/deployment.ts";

/** The deployment with its databases and endpoints, as RDS describes them now; undefined if RDS does not know it. */
export async function viewOf(id: string, rds: Pick<Rds, "deployment" | "databases" | "endpoints">): Promise<DeploymentView | undefined> {
  const deployment = await rds.deployment(id);
  return deployment && viewAt(deployment, rds);
}

/** The same of a deployment that was just read. */
export async function viewAt(deployment: Deployment, rds: Pick<Rds, "databases" | "endpoints">): Promise<DeploymentView> {
  return (await viewsOf([deployment], rds))[0] ?? { deployment, databases: [] };
}

/** The same of several deployments, in as few calls as for one. */
export async function viewsOf(deployments: readonly Deployment[], rds: Pick<Rds, "databases" | "endpoints">): Promise<DeploymentView[]> {
  const [databases, endpoints] = await Promise.all([rds.databases(deployments), rds.endpoints(deployments)]);
  return deployments.map((deployment) => {
    const arns = new Set([deployment, ...deployment.members].flatMap(({ source, target }) => [source, target]));
    const clusters = new Set([...arns].flatMap((arn) => (arn && rdsName(arn).kind === "cluster" ? [rdsName(arn).name] : [])));
    const own = endpoints.filter(({ arn }) => arns.has(arn));
    return {
      deployment,
      databases: databases.filter(({ arn, cluster }) => arns.has(arn) || (cluster !== undefined && clusters.has(cluster))),
      ...(own.length > 0 && { endpoints: own }),
    };
  });
}
