import type { Rds } from "../clients/rds/rds.ts";
import type { Deployment } from "../deployments/deployment.ts";

/** RDS that lists the deployments once for everything in an invocation that asks. */
export function listedOnce(rds: Pick<Rds, "deployment" | "deployments">): Pick<Rds, "deployment" | "deployments"> {
  let listing: Promise<Deployment[]> | undefined;
  return {
    deployment: (id) => rds.deployment(id),
    deployments() {
      listing ??= rds.deployments();
      return listing;
    },
  };
}
