import type { ControlPlane } from "../control-plane.ts";
import type { TaskName } from "../progress.ts";
import { type Deployment, primaryOf } from "../state.ts";
import { majorVersion } from "../versions.ts";
import { creationSteps, type Stations, says } from "./creation.ts";
import { backupsBeforeReplicas, instanceUpgrade, storageInitialization } from "./instance-events.ts";
import type { Step } from "./timeline.ts";

const MINUTE = 60_000;

/** The lab's own guess of a creation: 20 minutes. No recording of these engines is known. */
const STATIONS: Stations = {
  started: 4_021,
  clusterCreating: MINUTE,
  clusterCreated: 3 * MINUTE,
  writerCreating: 3 * MINUTE + 30_000,
  writerCreated: 7 * MINUTE,
  upgrading: 9 * MINUTE,
  clusterGroup: 15 * MINUTE,
  upgraded: 15 * MINUTE,
  remaining: 16 * MINUTE,
  ready: 20 * MINUTE,
};

/** A creation with the documented events of a cluster or instance, for engines without a recording. */
export function plainCreation(control: ControlPlane, deployment: Deployment, remainingTask: TaskName): Step[] {
  const primary = primaryOf(deployment);
  const writer = deployment.members.find(({ source }) => source.kind === "db");
  const clustered = primary.source.kind === "cluster";
  const upgrades = deployment.request.TargetEngineVersion !== undefined;
  const steps = creationSteps(control, deployment, STATIONS, { remainingTask, readyOrigin: "lab" });
  const events = [
    ...(clustered ? [says(control, STATIONS.clusterCreated + 3_137, primary, () => "DB cluster created")] : []),
    says(control, STATIONS.writerCreated + 5_419, writer, () => "DB instance created"),
    says(control, STATIONS.writerCreated + 47_083, writer, () => "Replication for the Read Replica resumed"),
  ];
  if (clustered) return [...steps, ...events, ...(upgrades ? clusterUpgrade(control, deployment) : [])];
  return [
    ...steps,
    ...events,
    ...(upgrades ? instanceUpgrade(control, deployment, STATIONS) : []),
    ...storageInitialization(control, deployment, STATIONS),
    ...(deployment.members.length > 1 ? backupsBeforeReplicas(deployment, STATIONS) : []),
  ];
}

function clusterUpgrade(control: ControlPlane, deployment: Deployment): Step[] {
  const primary = primaryOf(deployment);
  return [
    says(control, STATIONS.upgrading + 6_277, primary, () => "Database cluster engine version upgrade started."),
    says(control, STATIONS.upgraded + 8_641, primary, () => clusterUpgraded(deployment)),
  ];
}

/** Text of RDS-EVENT-0176 or 0173: a major or a minor upgrade of green's cluster. */
export function clusterUpgraded(deployment: Deployment): string {
  return isMajorUpgrade(deployment)
    ? "Database cluster engine major version has been upgraded."
    : "Database cluster engine version has been upgraded.";
}

/** Whether the deployment was asked for another major version than blue's. */
export function isMajorUpgrade(deployment: Deployment): boolean {
  const { source } = primaryOf(deployment);
  const to = deployment.request.TargetEngineVersion ?? source.engineVersion;
  return majorVersion(source.engine, to) !== majorVersion(source.engine, source.engineVersion);
}
