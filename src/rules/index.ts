import { binaryLogCoordinates } from "./binary-log-coordinates.ts";
import { connectionsTerminated } from "./connections-terminated.ts";
import { creationFailed } from "./creation-failed.ts";
import { creationHeldUp } from "./creation-held-up.ts";
import { deploymentDeleted } from "./deployment-deleted.ts";
import { engineUpgradeFailed } from "./engine-upgrade-failed.ts";
import { engineUpgradeFinished } from "./engine-upgrade-finished.ts";
import { engineUpgradeStarted } from "./engine-upgrade-started.ts";
import { greenAccepts } from "./green-accepts.ts";
import { memberSwitchoverCancelled } from "./members/member-switchover-cancelled.ts";
import { memberSwitchoverCompleted } from "./members/member-switchover-completed.ts";
import { memberSwitchoverStarted } from "./members/member-switchover-started.ts";
import { otherDeploymentEvent } from "./other-deployment-event.ts";
import { replicationDegraded } from "./replication-degraded.ts";
import { replicationResumed } from "./replication-resumed.ts";
import { replicationStopped } from "./replication-stopped.ts";
import type { Rule } from "./rule.ts";
import { sequenceSyncCompleted } from "./sequence-sync-completed.ts";
import { sequenceSyncFailed } from "./sequence-sync-failed.ts";
import { sequenceSyncStarted } from "./sequence-sync-started.ts";
import { storageInitializationCompleted } from "./storage-initialization-completed.ts";
import { storageInitializationStarted } from "./storage-initialization-started.ts";
import { switchoverCancelled } from "./switchover-cancelled.ts";
import { switchoverCompleted } from "./switchover-completed.ts";
import { switchoverStarted } from "./switchover-started.ts";
import { tasksCompleted } from "./tasks-completed.ts";

/** Every rule. The rule that names an event's id reads it, otherwise the first rule whose text matches. */
export const rules: readonly Rule[] = [
  switchoverStarted,
  switchoverCompleted,
  switchoverCancelled,
  memberSwitchoverStarted,
  memberSwitchoverCompleted,
  memberSwitchoverCancelled,
  connectionsTerminated,
  greenAccepts,
  sequenceSyncStarted,
  sequenceSyncCompleted,
  sequenceSyncFailed,
  replicationDegraded,
  tasksCompleted,
  creationFailed,
  deploymentDeleted,
  replicationStopped,
  replicationResumed,
  engineUpgradeStarted,
  engineUpgradeFinished,
  engineUpgradeFailed,
  creationHeldUp,
  storageInitializationStarted,
  storageInitializationCompleted,
  binaryLogCoordinates,
  otherDeploymentEvent,
];
