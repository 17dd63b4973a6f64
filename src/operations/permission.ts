/** Kinds of RDS ARNs. Source: Service Authorization Reference, "Resource types defined by Amazon RDS". */
export const RDS_KINDS = [
  "deployment",
  "cluster",
  "db",
  "cluster-endpoint",
  "cluster-pg",
  "pg",
  "og",
  "subgrp",
  "secgrp",
  "cluster-snapshot",
] as const;
export type RdsKind = (typeof RDS_KINDS)[number];

/** What an operation's function may do in AWS beyond what every function may; docs/permissions.md says why, action by action. */
export interface Permission {
  /** The statement's id. */
  sid: string;
  actions: readonly string[];
  on: PermissionTarget;
}

/** What a permission applies to: the stack turns it into ARNs and conditions. */
export type PermissionTarget =
  /** Actions that have no resource in IAM. */
  | "everything"
  /** RDS resources of these kinds in the stack's account and region: with any name, or only with green's names. */
  | { kinds: readonly RdsKind[]; names: "every" | "green" }
  /** The roles for green's Enhanced Monitoring, passed to RDS only; no permission if there are none. */
  | "monitoring-roles"
  /** KMS keys, only when RDS uses them on the guard's behalf. */
  | "database-keys"
  /** The function's own role. */
  | "own-role";
