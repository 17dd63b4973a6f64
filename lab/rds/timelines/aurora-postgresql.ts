import { announce, type ControlPlane } from "../control-plane.ts";
import { askedGroup } from "../green.ts";
import { type Deployment, type Member, primaryOf } from "../state.ts";
import { clusterWords } from "./cluster-words.ts";
import { creationSteps, type Stations } from "./creation.ts";
import { clusterUpgraded } from "./plain.ts";
import { READY_AFTER, RECORDED, RECORDED_STEPS, type RecordedStep, sinceCall } from "./recorded-creation.ts";
import type { Step, Timeline } from "./timeline.ts";

/** State changes a little before the events that tell of them. */
const STATIONS: Stations = {
  started: 4_021,
  clusterCreating: sinceCall("06:11"),
  clusterCreated: sinceCall("06:12"),
  writerCreating: sinceCall("06:13"),
  writerCreated: sinceCall("06:19"),
  upgrading: sinceCall("06:24"),
  clusterGroup: sinceCall("06:37"),
  upgraded: sinceCall("06:39"),
  remaining: sinceCall("06:40"),
  ready: READY_AFTER,
};

/**
 * Aurora PostgreSQL, always by logical replication.
 *
 * The creation is the one that the article of 2024-02-05 recorded; readers, which it did not have, come in the last minute.
 */
export const auroraPostgresql: Timeline = {
  engines: ["aurora-postgresql"],
  origin: "recorded",
  firstMemberStatus: "PROVISIONING",
  tasks: ({ upgrades }) => [
    "CREATING_READ_REPLICA_OF_SOURCE",
    ...(upgrades ? (["DB_ENGINE_VERSION_UPGRADE"] as const) : []),
    "CREATE_DB_INSTANCES_FOR_CLUSTER",
  ],
  replicatesLogically: () => true,
  creation(control, deployment) {
    const origin = control.creations === 1 ? "recorded" : "lab";
    return [
      ...creationSteps(control, deployment, STATIONS, {
        remainingTask: "CREATE_DB_INSTANCES_FOR_CLUSTER",
        readyOrigin: "recorded",
      }),
      ...RECORDED_STEPS.filter((step) => happens(step, deployment)).map((step) => saysAgain(control, deployment, step, origin)),
    ];
  },
  switchoverWords: () => ({
    ...clusterWords,
    sequenceSync: (blue, green) => ({
      initiated: `Sequence sync for switchover of DB cluster ${blue} to ${green} has initiated. Switchover when using sequences may lead to extended downtime.`,
      completed: `Sequence sync for switchover of DB cluster ${blue} to ${green} has completed.`,
      failed: `Sequence sync for switchover of DB cluster ${blue} to ${green} was cancelled because sequences failed to sync.`,
    }),
  }),
};

/** Without an upgrade or another parameter group, its events do not come. */
function happens({ after, about, message }: RecordedStep, deployment: Deployment): boolean {
  if (message.startsWith("Updated to use DBParameterGroup")) {
    const source = memberOf(deployment, about)?.source;
    return source !== undefined && askedGroup(deployment, source) !== source.parameterGroup;
  }
  return deployment.request.TargetEngineVersion !== undefined || after < STATIONS.upgrading;
}

function saysAgain(
  control: ControlPlane,
  deployment: Deployment,
  { after, about, message }: RecordedStep,
  origin: "recorded" | "lab",
): Step {
  const run = (): void => {
    const member = memberOf(deployment, about);
    if (member?.target) announce(control, member.target, inOurWords(message, deployment, member, control.clock.now()), origin);
  };
  return { after, run };
}

/** The recorded text with this deployment's names, versions and date in the places of the article's. */
function inOurWords(message: string, deployment: Deployment, member: Member, now: number): string {
  if (message.startsWith("Updated to use DBParameterGroup")) {
    return `Updated to use DBParameterGroup ${askedGroup(deployment, member.source)}`;
  }
  if (message.startsWith("Database cluster engine major version")) return clusterUpgraded(deployment);
  const { source } = primaryOf(deployment);
  const to = deployment.request.TargetEngineVersion ?? source.engineVersion;
  // The snapshot was named two minutes before its event.
  const minute = new Date(now - 120_000).toISOString().slice(0, 16).replace(/[T:]/g, "-");
  return message
    .replaceAll(RECORDED.greenCluster, primaryOf(deployment).greenName)
    .replace(`${dashed(RECORDED.from)}-to-${dashed(RECORDED.to)}`, `${dashed(source.engineVersion)}-to-${dashed(to)}`)
    .replace(/2024-02-05-06-24/, minute);
}

function memberOf({ members }: Deployment, about: RecordedStep["about"]): Member | undefined {
  return members.find(({ source }) => source.kind === (about === "cluster" ? "cluster" : "db"));
}

function dashed(version: string): string {
  return version.replaceAll(".", "-");
}
