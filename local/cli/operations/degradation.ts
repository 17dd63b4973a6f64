import { type Degradation, unlisted } from "../../../src/deployments/degradation.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { degradationOf } from "../../../src/operations/confirm-degradation.ts";
import { readable } from "../aws-advice.ts";
import type { Place } from "./place.ts";

/** Tells whether a deployment's replication is degraded; unknown if RDS does not list its events. */
export function degradationIn({ rds, now }: Place, deployment: Deployment): Promise<Degradation> {
  return degradationOf(deployment, rds, now()).catch((error: Error) => unlisted(readable(error.message)));
}
