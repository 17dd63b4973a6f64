import type { RdsChanges } from "../../clients/rds/changes.ts";
import type { RdsDescribe } from "../../clients/rds/describe/describe.ts";
import type { Rds } from "../../clients/rds/rds.ts";
import type { Records } from "../../clients/records.ts";
import type { Degradation } from "../../deployments/degradation.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import type { ClaimPorts } from "../claim.ts";
import type { OperationNote, OperationRequest } from "../request.ts";

/** What a recreation needs of the outside. */
export interface RecreatePorts extends ClaimPorts {
  records: Pick<Records, "read" | "write">;
  rds: Pick<Rds, "deployment" | "deployments" | "databases"> & RdsChanges & Pick<RdsDescribe, "preflight">;
  /** Whether DescribeEvents, which nobody can write to, says that replication is degraded. Throws where it cannot be asked. */
  degradation(deployment: Deployment): Promise<Degradation>;
  /**
   * Tells people of a note that is written down in the request; the same note may come again.
   *
   * Answers whether Slack has taken it. Throws only where it could not be written down for whoever tells it later.
   */
  tell(request: OperationRequest, note: OperationNote): Promise<boolean>;
  /** Brings what people see of an operation that waits up to date, at most once a minute; left out, nobody sees it. */
  pulse?(request: OperationRequest, shows: string | undefined): Promise<void>;
  /** ARN of the role or user that creates, where it is known: whose permissions preflight asks IAM about. */
  principal?: string;
  /** Hours without progress after which a creation is reported. */
  stuckAfterHours: number;
  automatic: AutomaticLimits;
}

/** What planning a recreation needs of them. */
export interface PlanPorts extends Pick<RecreatePorts, "now" | "principal"> {
  records: Pick<Records, "read">;
  rds: Pick<RecreatePorts["rds"], "deployment" | "databases" | "preflight">;
}

/** What holds an automatic recreation back. */
export interface AutomaticLimits {
  /** Minutes in which no new DDL may have been seen. */
  settleMinutes: number;
  /** How many recreations of one blue database the policy may begin within 24 hours. */
  maxRecreatesPerDay: number;
}
