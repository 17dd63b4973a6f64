import type { RdsChanges } from "../../clients/rds/changes.ts";
import type { RdsDescribe } from "../../clients/rds/describe/describe.ts";
import type { Rds } from "../../clients/rds/rds.ts";
import type { Records } from "../../clients/records.ts";
import type { Degradation } from "../../deployments/degradation.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import type { ClaimPorts } from "../claim.ts";
import type { PolicySettings } from "../policy-now.ts";
import type { OperationNote, OperationRequest } from "../request.ts";
import type { WaitPorts } from "../waiting/wait.ts";
import type { recreate } from "./operation.ts";

/** What a recreation needs from the outside. */
export interface RecreatePorts extends ClaimPorts, Pick<WaitPorts, "isUnwatched"> {
  records: Pick<Records, "read" | "write">;
  rds: Pick<Rds, "deployment" | "deployments" | "databases" | "endpoints"> &
    Pick<RdsChanges, (typeof recreate.changes)[number]> &
    Pick<RdsDescribe, "preflight">;
  /** Whether DescribeEvents, to which only RDS can write, says that replication is degraded. Throws if it cannot be asked. */
  degradation(deployment: Deployment): Promise<Degradation>;
  /** Whether DescribeEvents says that the deployment was deleted at or after `since` (milliseconds since 1970). Throws if it cannot be asked. */
  isDeleted(deployment: Deployment, since: number): Promise<boolean>;
  /**
   * Tells people about a note recorded in the request; the same note may come again, and one that the next note follows at once need not be
   * told by itself.
   *
   * Returns whether Slack has accepted it. Throws only if it could not be recorded for a later run to tell.
   */
  tell(request: OperationRequest, note: OperationNote, when?: "with the next"): Promise<boolean>;
  /** ARN of the role or user that creates, if known: preflight asks IAM about its permissions. */
  principal?: string;
  /** Hours without progress after which a deletion or creation is reported as stuck. */
  stuckAfterHours: number;
  automatic: AutomaticLimits;
}

/** What planning a recreation needs of these. */
export interface PlanPorts extends Pick<RecreatePorts, "now" | "principal"> {
  records: Pick<Records, "read">;
  rds: Pick<RecreatePorts["rds"], "deployment" | "databases" | "endpoints" | "preflight">;
}

/** The settings of automatic recreation. */
export interface AutomaticLimits extends PolicySettings {
  /** Minutes without new DDL before it starts. */
  settleMinutes: number;
  /** How many recreations of one blue database the policy may start within 24 hours. */
  maxRecreatesPerDay: number;
}
