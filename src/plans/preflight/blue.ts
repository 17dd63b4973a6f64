import { rdsName } from "../../deployments/arn.ts";
import { type Finding, fail, judged, pass, unknown, warn } from "../checks.ts";
import type { PreflightFacts } from "./facts.ts";

const WAIT = "Wait until it is available, and ask again.";
const PASSING =
  /^(backing-up|modifying|rebooting|maintenance|configuring-.+|storage-(optimization|initialization|config-upgrade)|starting)$/;
const LASTING =
  /^(stopp|fail|delet|inaccessible|incompatible|restore-error|storage-full|renaming|upgrading|promoting|creating|migrat|insufficient)/;

/** Blue and all its members are available. A state that passes on its own is a warning, since creation waits for it. */
export function checkAvailable({ blues }: PreflightFacts): Finding {
  const busy = blues.filter(({ status }) => status !== "available");
  const words = busy.map(({ identifier, status }) => `\`${identifier}\` is ${status || "without a status"}`).join(", ");
  if (busy.length === 0) return pass("Blue is available.");
  if (busy.some(({ status }) => LASTING.test(status))) return fail(`Blue is not available: ${words}.`, WAIT);
  if (busy.every(({ status }) => PASSING.test(status))) {
    return warn(`Blue is busy: ${words}.`, "Nothing, if it passes by itself: creation waits for it up to two hours.");
  }
  return unknown(`Blue is in a state that the guard does not know: ${words}.`, WAIT);
}

/** The writer is in sync with its parameter group. Source: Aurora User Guide, blue-green-deployments-creating. */
export function checkInSync({ blue, replication }: PreflightFacts): Finding {
  const writer = blue.configuration?.clusterMembers?.find((it) => it.writer);
  const [status, name] =
    blue.kind === "cluster" ? [writer?.parameterGroupStatus, writer?.identifier] : [blue.parameterGroups[0]?.status, blue.identifier];
  if (!status)
    return unknown("RDS does not say whether blue's writer is in sync with its parameter group.", "Look at it in the RDS console.");
  if (status === "in-sync") return pass("Blue's writer is in sync with its parameter group.");
  const found = `Blue's writer \`${name}\` is not in sync with its parameter group: ${status}.`;
  const reboot = "Reboot it at a time that suits you: creation fails before.";
  return replication === "physical" || (blue.kind === "instance" && replication !== "logical")
    ? warn(found, "Reboot it at a time that suits you.")
    : fail(found, reboot);
}

/** Blue logs what logical or binary log replication needs, if green replicates that way. */
export function checkReplication({ blue, replication, answers, question }: PreflightFacts): Finding {
  if (!question?.parameters || !answers.parameters) {
    if (replication === "logical" || blue.engine === "aurora-mysql") return unknown("Blue's parameter group is not known.", SEE_GROUP);
    return pass("Replication to green needs no parameter.");
  }
  const { group, names } = question.parameters;
  const [name = ""] = names;
  return judged(answers.parameters, SEE_GROUP, (parameters) => {
    const value = parameters[name];
    if (value === undefined) return unknown(`Parameter group \`${group}\` does not say what ${name} is.`, SEE_GROUP);
    const found = `${name} is ${value} in blue's parameter group \`${group}\``;
    if (name === "binlog_format") {
      if (/^off$/i.test(value))
        return fail(`${found}: there is no binary log to follow.`, "Set it to ROW in a group of your own and reboot.");
      return /^row$/i.test(value) ? pass(`${found}.`) : warn(`${found}; AWS advises ROW.`, "Set it to ROW and reboot.");
    }
    const isOn = /^(1|on|true)$/i.test(value);
    return isOn ? pass(`${found}.`) : fail(`${found}.`, "Set it to 1 in a group of your own and reboot the writer.");
  });
}

const SEE_GROUP = "Look at blue's parameter group in the RDS console.";

/** Automated backups are on; Aurora always keeps at least one day. Source: RDS User Guide, blue-green-deployments-creating. */
export function checkBackups({ blue }: PreflightFacts): Finding {
  const days = blue.configuration?.backupRetentionPeriod;
  if (days === undefined) return unknown("RDS does not say for how long blue's backups are kept.", "Look at blue in the RDS console.");
  if (days > 0) return pass(`Blue's automated backups are kept for ${days} ${days === 1 ? "day" : "days"}.`);
  return fail("Blue has no automated backups.", "Give it a backup retention period of one day or more.");
}

/** Secrets Manager does not manage the master password. Source: Aurora User Guide, blue-green-deployments-considerations. */
export function checkPassword({ blues }: PreflightFacts): Finding {
  const managed = blues.find(({ configuration }) => configuration?.managedPassword);
  if (managed) {
    return fail(
      `Secrets Manager keeps the master password of \`${managed.identifier}\`, which RDS does not support here.`,
      "Turn that off until the switchover: give the database a password of its own.",
    );
  }
  if (blues.every(({ configuration }) => configuration?.managedPassword === false)) return pass("Blue's master password is its own.");
  return unknown("RDS does not say who keeps blue's master password.", "Look at blue in the RDS console.");
}

/** No CloudFormation stack will undo what the recreation and the switchover change. */
export function checkCloudFormation({ blues, deployment }: PreflightFacts): Finding {
  const tags = blues.map(({ configuration }) => configuration?.tags);
  const stacks = [...tags, deployment.tags].map((it) => it?.["aws:cloudformation:stack-name"]).filter((it) => it !== undefined);
  if (stacks.length > 0) {
    const names = [...new Set(stacks)].map((it) => `\`${it}\``).join(", ");
    return warn(
      `CloudFormation stack ${names} made it.`,
      "Bring the stack's template up to date after the switchover, and do not deploy it before.",
    );
  }
  if (tags.some((it) => it === undefined))
    return unknown("RDS does not say which tags blue has.", "See whether a CloudFormation stack made it.");
  return pass("No CloudFormation stack made it.");
}

/** RDS supports blue's topology. Source: Aurora and RDS User Guides, blue-green-deployments-overview, "Limitations". */
export function checkTopology({ blue, blues, greens }: PreflightFacts): Finding {
  const { configuration } = blue;
  if (!configuration) return unknown("RDS does not say what blue is part of.", "Look at blue in the RDS console.");
  const found = [
    configuration.multiAzCluster || (blue.kind === "cluster" && !blue.engine.startsWith("aurora"))
      ? "it is a Multi-AZ DB cluster"
      : undefined,
    configuration.engineMode === "serverless" ? "it is Aurora Serverless v1" : undefined,
    configuration.replicaOf
      ? `it is itself a replica of \`${rdsName(configuration.replicaOf).name || configuration.replicaOf}\``
      : undefined,
    configuration.forwardsWrites ? "it is a secondary cluster of a global database" : undefined,
    ...blues.flatMap(({ arn, identifier, configuration: its }) =>
      (its?.replicas ?? [])
        .filter((replica) => !greens.has(replica))
        .flatMap((replica) => {
          if (regionOf(replica) && regionOf(replica) !== regionOf(arn))
            return [`\`${identifier}\` has the cross-Region read replica \`${replica}\``];
          return arn === blue.arn ? [] : [`read replica \`${identifier}\` has the replica \`${replica}\` of its own`];
        }),
    ),
  ].filter((it) => it !== undefined);
  if (found.length > 0)
    return fail(`RDS has no blue/green deployments for blue: ${found.join("; ")}.`, "Remove what stands in the way first.");
  if (blue.kind === "cluster" && configuration.engineMode === undefined) {
    return unknown("RDS does not say which engine mode blue has.", "See that blue is not Aurora Serverless v1.");
  }
  return pass("Blue is part of nothing that RDS does not support.");
}

const regionOf = (arn: string): string | undefined => arn.split(":")[3];
