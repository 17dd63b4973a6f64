import type { Rds } from "../clients/rds/rds.ts";
import type { Deployment } from "../deployments/deployment.ts";

/** RDS with one listing of the deployments for all that ask in an invocation. */
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
