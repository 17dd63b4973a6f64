/** What an RDS event can mean: the ids of the rules. */
export type RuleId =
  | "switchover-started"
  | "switchover-completed"
  | "switchover-cancelled"
  | "member-switchover-started"
  | "member-switchover-completed"
  | "member-switchover-cancelled"
  | "connections-terminated"
  | "green-accepts"
  | "sequence-sync-started"
  | "sequence-sync-completed"
  | "sequence-sync-failed"
  | "replication-degraded"
  | "tasks-completed"
  | "creation-failed"
  | "deployment-deleted"
  | "replication-stopped"
  | "replication-resumed"
  | "engine-upgrade-started"
  | "engine-upgrade-finished"
  | "engine-upgrade-failed"
  | "creation-held-up"
  | "storage-initialization-started"
  | "storage-initialization-completed"
  | "binary-log-coordinates"
  | "other-deployment-event";

/** What a look at RDS can show that no event says, or not all of it. */
export type LookSignal =
  | "ready"
  | "ready-lost"
  | "switched-over"
  | "partly-switched-over"
  | "invalid-configuration"
  | "switchover-failed"
  | "member-missing"
  | "provisioning-stuck"
  | "shown-degraded"
  | "shown-terminated"
  | "shown-error";

/** What the guard's own operations can report: no event and no look shows it. */
export type OperationSignal =
  | "recreate-announced"
  | "recreate-late"
  | "recreate-asking"
  | "recreate-started"
  | "recreate-done"
  | "recreate-refused"
  | "recreate-cancelled"
  | "recreate-failed"
  | "switchover-operation-started"
  | "switchover-operation-done"
  | "switchover-operation-partly"
  | "switchover-operation-refused"
  | "switchover-operation-cancelled"
  | "switchover-operation-failed"
  | "switchover-operation-unclear";

/** What is said of whether a person is on it. */
export type CallSignal = "needs-person" | "not-taken" | "taken";

/** Everything that the guard can report. The words for each are in `src/messages`, whose tables are complete by types. */
export type SignalId = RuleId | LookSignal | OperationSignal | CallSignal;
