import { rdsName } from "../../deployments/arn.ts";
import type { Database } from "../../deployments/deployment.ts";
import { type Finding, fail, judged, pass, unknown, warn } from "../checks.ts";
import type { PreflightFacts } from "./facts.ts";
import type { Unsupported } from "./findings.ts";

const PASSING =
  /^(backing-up|modifying|rebooting|maintenance|configuring-.+|storage-(optimization|initialization|config-upgrade)|starting)$/;
const LASTING =
  /^(stopp|fail|delet|inaccessible|incompatible|restore-error|storage-full|renaming|upgrading|promoting|creating|migrat|insufficient)/;

/** Blue and all its members are available. A state that passes on its own is a warning, since creation waits for it. */
export function checkAvailable({ blues }: PreflightFacts): Finding {
  const busy = blues.filter(({ status }) => status !== "available");
  const databases = busy.map(({ identifier: name, status }) => ({ name, status }));
  if (busy.length === 0) return pass({ code: "blue-available" });
  if (busy.some(({ status }) => LASTING.test(status))) return fail({ code: "blue-not-available", databases });
  if (busy.every(({ status }) => PASSING.test(status))) return warn({ code: "blue-busy", databases });
  return unknown({ code: "blue-status-unknown", databases });
}

/** The writer is in sync with its parameter group. Source: Aurora User Guide, blue-green-deployments-creating. */
export function checkInSync({ blue, replication }: PreflightFacts): Finding {
  const writer = blue.configuration?.clusterMembers?.find((it) => it.writer);
  const [status, name] =
    blue.kind === "cluster" ? [writer?.parameterGroupStatus, writer?.identifier] : [blue.parameterGroups[0]?.status, blue.identifier];
  if (!status) return unknown({ code: "writer-sync-unknown" });
  if (status === "in-sync") return pass({ code: "writer-in-sync" });
  const blocks = replication !== "physical" && (blue.kind !== "instance" || replication === "logical");
  const found = { code: "writer-not-in-sync" as const, name: name ?? "", status, blocks };
  return blocks ? fail(found) : warn(found);
}

/** Blue logs what logical or binary log replication needs, if green replicates that way. */
export function checkReplication({ blue, replication, answers, question }: PreflightFacts): Finding {
  if (!question?.parameters || !answers.parameters) {
    if (replication === "logical" || blue.engine === "aurora-mysql") return unknown({ code: "replication-group-unknown" });
    return pass({ code: "replication-needs-nothing" });
  }
  const { group, names } = question.parameters;
  const [parameter = ""] = names;
  return judged(answers.parameters, { what: "blue-parameters" }, (parameters) => {
    const value = parameters[parameter];
    if (value === undefined) return unknown({ code: "parameter-unknown", group, parameter });
    const fits = pass({ code: "parameter-fits", group, parameter, value });
    if (parameter === "binlog_format") {
      if (/^off$/i.test(value)) return fail({ code: "binary-log-off", group, value });
      return /^row$/i.test(value) ? fits : warn({ code: "binary-log-not-row", group, value });
    }
    return /^(1|on|true)$/i.test(value) ? fits : fail({ code: "parameter-off", group, parameter, value });
  });
}

/** Automated backups are on; Aurora always keeps at least one day. Source: RDS User Guide, blue-green-deployments-creating. */
export function checkBackups({ blue }: PreflightFacts): Finding {
  const days = blue.configuration?.backupRetentionPeriod;
  if (days === undefined) return unknown({ code: "backups-unknown" });
  return days > 0 ? pass({ code: "backups-kept", days }) : fail({ code: "no-backups" });
}

/** Secrets Manager does not manage the master password. Source: Aurora User Guide, blue-green-deployments-considerations. */
export function checkPassword({ blues }: PreflightFacts): Finding {
  const managed = blues.find(({ configuration }) => configuration?.managedPassword);
  if (managed) return fail({ code: "password-managed", name: managed.identifier });
  const isOwn = blues.every(({ configuration }) => configuration?.managedPassword === false);
  return isOwn ? pass({ code: "password-own" }) : unknown({ code: "password-unknown" });
}

/** No CloudFormation stack will undo what the recreation and the switchover change. */
export function checkCloudFormation({ blues, deployment }: PreflightFacts): Finding {
  const tags = blues.map(({ configuration }) => configuration?.tags);
  const stacks = [...tags, deployment.tags].map((it) => it?.["aws:cloudformation:stack-name"]).filter((it) => it !== undefined);
  if (stacks.length > 0) return warn({ code: "in-stack", stacks: [...new Set(stacks)] });
  return tags.some((it) => it === undefined) ? unknown({ code: "tags-unknown" }) : pass({ code: "no-stack" });
}

/** RDS supports blue's topology. Source: Aurora and RDS User Guides, blue-green-deployments-overview, "Limitations". */
export function checkTopology({ blue, blues, greens }: PreflightFacts): Finding {
  const { configuration } = blue;
  if (!configuration) return unknown({ code: "topology-unknown" });
  const by = [...unsupportedAs(blue, configuration), ...blues.flatMap((it) => unsupportedReplicas(it, blue, greens))];
  if (by.length > 0) return fail({ code: "topology-unsupported", by });
  if (blue.kind === "cluster" && configuration.engineMode === undefined) return unknown({ code: "engine-mode-unknown" });
  return pass({ code: "topology-supported" });
}

function unsupportedAs({ kind, engine }: Database, configuration: NonNullable<Database["configuration"]>): Unsupported[] {
  const { multiAzCluster, engineMode, replicaOf, forwardsWrites } = configuration;
  return [
    ...(multiAzCluster || (kind === "cluster" && !engine.startsWith("aurora")) ? [{ what: "multi-az-cluster" } as const] : []),
    ...(engineMode === "serverless" ? [{ what: "serverless-v1" } as const] : []),
    ...(replicaOf ? [{ what: "replica", of: rdsName(replicaOf).name || replicaOf } as const] : []),
    ...(forwardsWrites ? [{ what: "global-secondary" } as const] : []),
  ];
}

function unsupportedReplicas(
  { arn, identifier: name, configuration }: Database,
  blue: Database,
  greens: ReadonlySet<string>,
): Unsupported[] {
  const replicas = configuration?.replicas ?? [];
  return replicas
    .filter((replica) => !greens.has(replica))
    .flatMap((replica): Unsupported[] => {
      if (regionOf(replica) && regionOf(replica) !== regionOf(arn)) return [{ what: "cross-region-replica", name, replica }];
      return arn === blue.arn ? [] : [{ what: "cascaded-replica", name, replica }];
    });
}

const regionOf = (arn: string): string | undefined => arn.split(":")[3];
