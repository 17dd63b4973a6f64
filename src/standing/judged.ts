import type { Saying } from "../deployments/coded.ts";
import type { Leftover } from "./leftovers.ts";
import type { MemberStanding } from "./members.ts";
import type { Obstacle } from "./obstacles.ts";
import type { Phase } from "./phase.ts";
import type { Production } from "./production.ts";
import type { ReplicationStanding } from "./replication.ts";
import type { OperationStanding, PolicyStanding } from "./under-way.ts";

/** The part of a standing by which is judged how grave it is and what is offered. */
export interface Judged {
  /** RDS's own status. */
  status: string;
  /** False once RDS no longer knows the deployment. */
  exists: boolean;
  phase: Phase;
  members: readonly MemberStanding[];
  production: Production;
  replication: ReplicationStanding;
  /** What a switchover needs and that is not so. */
  obstacles: readonly Obstacle[];
  /** The options that the terminal command has to be given to recreate it: without them it cannot be planned. */
  missing: readonly string[];
  /** What still exists of a deployment that is gone, and is billed. */
  left: readonly Leftover[];
  /** What the guard said when it had deleted the deployment and could not create it again. */
  unfinished?: Saying;
  /** True if a person stopped it, and that is why. */
  cancelled?: boolean;
  /** What the guard is doing to it now. */
  operation?: OperationStanding;
  /** What the policy is about to do. */
  policy?: PolicyStanding;
}
