import type { Rds } from "../clients/rds.ts";
import type { RdsChanges } from "../clients/rds-changes.ts";
import type { RdsDescribe } from "../clients/rds-describe.ts";
import type { ClaimPorts } from "./claim.ts";

/** What a recreation needs of the outside. */
export interface RecreatePorts extends ClaimPorts {
  rds: Pick<Rds, "deployment" | "deployments" | "databases"> & RdsChanges & Pick<RdsDescribe, "preflight">;
  /** ARN of the role or user that creates, where it is known: whose permissions preflight asks IAM about. */
  principal?: string;
}

/** Thrown where trying again cannot help; the message says what a person should know. */
export class FinalError extends Error {
  override readonly name = "FinalError";
}
