import type { Unanswered } from "../answer.ts";

/** Whether a parameter group is for clusters or for instances. */
export type GroupKind = "cluster" | "instance";

/** A database and RDS's word for its status, which may be empty. */
export interface Stated {
  name: string;
  status: string;
}

/** What AWS was asked about, for what to do where it did not answer. */
export type AskedAbout =
  | { what: "blue-parameters" }
  | { what: "upgrade"; engine: string; from: string; to: string }
  | { what: "group"; kind: GroupKind; name: string }
  | { what: "family"; group: string; family: string; engine: string; version: string }
  | ({ what: "permissions" } & ByRole);

/** What stands in the way of a blue/green deployment for blue, as it is. */
export type Unsupported =
  | { what: "multi-az-cluster" | "serverless-v1" | "global-secondary" }
  | { what: "replica"; of: string }
  | { what: "cross-region-replica" | "cascaded-replica"; name: string; replica: string };

/** An action on a resource. */
export interface Denied {
  action: string;
  resource: string;
}

/** Whose permissions they are; the guard's own role's if that is omitted. */
export interface ByRole {
  role?: string;
}

/** What the checks before a recreation can find. */
export interface PreflightFindings {
  "not-answered": { why: Unanswered; about: AskedAbout };
  "blue-missing": { arn: string };
  "blue-available": object;
  "blue-busy": { databases: readonly Stated[] };
  "blue-not-available": { databases: readonly Stated[] };
  "blue-status-unknown": { databases: readonly Stated[] };
  "writer-in-sync": object;
  "writer-sync-unknown": object;
  /** `blocks` if creation fails before a reboot. */
  "writer-not-in-sync": { name: string; status: string; blocks: boolean };
  "replication-needs-nothing": object;
  "replication-group-unknown": object;
  "parameter-unknown": { group: string; parameter: string };
  "parameter-fits": { group: string; parameter: string; value: string };
  "parameter-off": { group: string; parameter: string; value: string };
  "binary-log-off": { group: string; value: string };
  "binary-log-not-row": { group: string; value: string };
  "backups-kept": { days: number };
  "backups-unknown": object;
  "no-backups": object;
  "password-own": object;
  "password-managed": { name: string };
  "password-unknown": object;
  "in-stack": { stacks: readonly string[] };
  "no-stack": object;
  "tags-unknown": object;
  "topology-supported": object;
  "topology-unsupported": { by: readonly Unsupported[] };
  "topology-unknown": object;
  "engine-mode-unknown": object;
  "engine-supported": { engine: string };
  "engine-unsupported": { engine: string };
  "version-kept": { version: string };
  "version-reachable": { from: string; to: string };
  "version-not-listed": { engine: string; from: string; to: string };
  "version-unreachable": { engine: string; from: string; to: string; targets: readonly string[] };
  "groups-fit": { names: readonly string[] };
  "group-missing": { kind: GroupKind; name: string };
  "group-not-asked": { kind: GroupKind; name: string };
  "group-unjudged": { name: string; family: string; engine: string; version: string };
  "group-unfit": { name: string; family: string; engine: string; version: string; takes: string };
  "no-option-group-needed": object;
  "option-group-default": object;
  "option-group-unknown": object;
  "option-group-own": { names: readonly string[] };
  "permissions-allowed": ByRole;
  "permissions-silent": ByRole;
  "permissions-denied": ByRole & { denied: readonly Denied[] };
  "permissions-unsure": ByRole & { denied: readonly Denied[] };
  "no-global-database": object;
  "tags-fit": object;
  "tags-too-many": { count: number; most: number };
}
