import type { RdsChanges } from "../../clients/rds/changes.ts";
import type { Rds } from "../../clients/rds/rds.ts";
import type { Records } from "../../clients/records.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import type { ClaimPorts } from "../claim.ts";
import type { StandingPorts } from "../read/standing-of.ts";
import type { RecreatePorts } from "../recreate/ports.ts";
import type { OperationRequest } from "../request.ts";
import type { Shown } from "../says/shown.ts";
import type { switchover } from "./operation.ts";

/** What RDS's events say about a switchover. */
export interface SwitchoverEvent {
  /** Id of the rule that reads it, such as `switchover-started` or `switchover-cancelled`. */
  signal: string;
  /** ISO 8601. */
  at: string;
  text: string;
  reason?: string;
  /** True if it says that replication is degraded, which RDS may discover only now. */
  degraded?: boolean;
}

/** What planning a switchover needs from the outside. */
export interface PlanSwitchoverPorts extends Pick<RecreatePorts, "isRunning" | "now">, Pick<StandingPorts, "metrics"> {
  records: Pick<Records, "read">;
  rds: Pick<Rds, "deployment" | "databases" | "endpoints" | "events">;
}

/** What a switchover needs from the outside. */
export interface SwitchoverPorts extends ClaimPorts, Pick<StandingPorts, "metrics">, Pick<RecreatePorts, "isUnwatched" | "tell"> {
  rds: Pick<Rds, "deployment" | "databases" | "endpoints" | "events"> & Pick<RdsChanges, (typeof switchover.changes)[number]>;
  /** What DescribeEvents lists about the deployment's switchover since `from` (milliseconds since 1970), oldest first. */
  switchoverEvents(deployment: Deployment, from: number): Promise<SwitchoverEvent[]>;
  /** Updates what people see of a waiting operation, at most once a minute; if omitted, nobody sees it. */
  pulse?(request: OperationRequest, shows: Shown | undefined): Promise<void>;
}
