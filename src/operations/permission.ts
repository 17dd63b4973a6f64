/** Kinds of RDS's ARNs. Source: Service Authorization Reference, "Resource types defined by Amazon RDS". */
export const RDS_KINDS = ["deployment", "cluster", "db", "cluster-endpoint", "cluster-pg", "pg", "og", "subgrp", "secgrp"] as const;
export type RdsKind = (typeof RDS_KINDS)[number];

/** What the function of an operation may do in AWS besides what every function may; docs/permissions.md says why, action by action. */
export interface Permission {
  /** The statement's id. */
  sid: string;
  actions: readonly string[];
  on: PermissionTarget;
}

/** What a permission is on: the stack makes ARNs and conditions of it. */
export type PermissionTarget =
  /** What has no resource in IAM. */
  | "everything"
  /** RDS's resources of these kinds in the stack's account and region: of every name, or only of green's names. */
  | { kinds: readonly RdsKind[]; names: "every" | "green" }
  /** The roles that green's Enhanced Monitoring is given, handed to RDS alone; no permission where there are none. */
  | "monitoring-roles"
  /** KMS keys, used by RDS on the guard's behalf alone. */
  | "database-keys"
  /** The function's own role. */
  | "own-role";
