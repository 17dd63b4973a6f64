import { rdsName } from "../deployments/arn.ts";
import { unbuilt } from "../deployments/built.ts";
import type { Degradation } from "../deployments/degradation.ts";
import { type Database, type DeploymentView, databaseAt } from "../deployments/deployment.ts";
import { lagMetricOf, replicationOf, whereToLook } from "../deployments/replication.ts";
import { type Check, type Finding, fail, pass, unknown, warn } from "./checks.ts";

/** The input of the readiness checks. */
export interface ReadinessFacts {
  view: DeploymentView;
  degradation: Degradation;
  /** Which other operation works on the blue database, as a sentence; absent if none does. */
  claimed?: string;
  /** The switchover timeout, in seconds. */
  timeoutSeconds: number;
}

const CHECKS: readonly (readonly [id: string, check: (facts: ReadinessFacts) => Finding])[] = [
  ["deployment-available", checkDeployment],
  ["tasks-completed", checkTasks],
  ["members-available", checkMembers],
  ["databases-available", checkDatabases],
  ["parameter-groups", checkParameterGroups],
  ["replication", checkReplication],
  ["replication-lag", checkLag],
  ["sequences", checkSequences],
  ["claim", checkClaim],
];

/**
 * Checks whether the deployment can be switched over now. Each check is independent, with its reason and what to do.
 *
 * AWS's own guardrails check more (lag, long writes, external replication) and refuse on their own. Source: Aurora and RDS User Guides,
 * blue-green-deployments-switching, "Switchover guardrails" and "Switchover best practices".
 */
export function readiness(facts: ReadinessFacts): Check[] {
  return CHECKS.map(([id, check]) => ({ id, ...check(facts) }));
}

function checkDeployment({ view: { deployment } }: ReadinessFacts): Finding {
  if (deployment.status === "AVAILABLE") return pass("The deployment is AVAILABLE.");
  const { status, statusDetails } = deployment;
  if (status === "SWITCHOVER_FAILED") {
    return warn(
      `The last switchover failed.${statusDetails ? ` ${statusDetails}` : ""}`,
      "Read why, and switch over again once the cause is gone.",
    );
  }
  return fail(`The deployment is ${status || "without a status"}.`, REMEDY[status] ?? "Look at it in the RDS console.");
}

const REMEDY: Readonly<Record<string, string>> = {
  PROVISIONING: "Wait until green is built.",
  SWITCHOVER_IN_PROGRESS: "A switchover is under way: wait for its end.",
  SWITCHOVER_COMPLETED: "It has been switched over: there is nothing to do.",
  INVALID_CONFIGURATION: "Recreate it: green cannot be switched to any more.",
  DELETING: "It is being deleted: create another one.",
};

function checkTasks({ view: { deployment } }: ReadinessFacts): Finding {
  const { tasks: open } = unbuilt(deployment);
  if (open.length === 0) return pass("All tasks that build green are COMPLETED.");
  return fail(
    `Not all tasks are COMPLETED: ${open.map(({ name, status }) => `${name} is ${status}`).join(", ")}.`,
    "Wait until green is built.",
  );
}

function checkMembers({ view: { deployment } }: ReadinessFacts): Finding {
  const { noGreen, members } = unbuilt(deployment);
  if (noGreen || deployment.members.length === 0) return fail("Green is not there yet.", "Wait until green is built.");
  // RDS retries the pairs whose last switchover failed.
  const other = members.filter(({ status }) => deployment.status !== "SWITCHOVER_FAILED" || status !== "SWITCHOVER_FAILED");
  if (other.length === 0) return pass("Every pair of blue and green is AVAILABLE.");
  const words = other.map(({ source, target, status }) => `${nameOf(source ?? target)} is ${status ?? "without a status"}`);
  return fail(
    `Not every pair is AVAILABLE: ${words.join(", ")}.`,
    "Wait; a pair with a missing side is not switched over: recreate the deployment.",
  );
}

function checkDatabases({ view }: ReadinessFacts): Finding {
  const arns = arnsOf(view);
  const missing = arns.filter((arn) => databaseAt(view, arn) === undefined);
  if (missing.length > 0) return fail(`RDS does not know ${missing.map(nameOf).join(", ")}.`, "See what became of it in the RDS console.");
  const { databases: busy } = unbuilt(view.deployment, databasesOf(view));
  if (busy.length === 0) return pass("Every cluster and instance of blue and green is available.");
  return fail(
    `Not available: ${busy.map(({ identifier, status }) => `${identifier} is ${status}`).join(", ")}.`,
    "Wait until it is available.",
  );
}

/** The green databases that are not available yet, in words: a switchover waits for these. */
export function notReadyYet(view: DeploymentView): string[] {
  const { target, members } = view.deployment;
  const greens = new Set([target, ...members.map((member) => member.target)]);
  const ofGreen = databasesOf(view).filter(({ arn }) => greens.has(arn));
  return unbuilt(view.deployment, ofGreen).databases.map(({ identifier, status }) => `${identifier} is ${status}`);
}

function checkParameterGroups({ view }: ReadinessFacts): Finding {
  const groups = databasesOf(view).flatMap(({ identifier, parameterGroups }) => parameterGroups.map((group) => ({ identifier, ...group })));
  const pending = groups.filter(({ status }) => status !== undefined && status !== "in-sync");
  if (pending.length > 0) {
    const words = pending.map(({ identifier, name, status }) => `${identifier} with ${name} (${status})`);
    return fail(`Not in sync with its parameter group: ${words.join(", ")}.`, "Reboot it, and look at the plan again.");
  }
  const silent = databasesOf(view).filter(
    ({ kind, parameterGroups }) => kind === "instance" && parameterGroups.every((it) => it.status === undefined),
  );
  if (silent.length === 0) return pass("Every instance is in sync with its parameter group.");
  return unknown(
    `RDS does not say whether ${silent.map((it) => it.identifier).join(", ")} is in sync with its parameter group.`,
    "Look at it in the RDS console.",
  );
}

function checkReplication({ degradation, view }: ReadinessFacts): Finding {
  if (degradation.state === "not-seen") return pass("No event since the deployment's creation says that replication is degraded.");
  if (degradation.state === "unknown") return unknown(degradation.reason, whereToLook(replicationOf(view)));
  return fail(
    `Replication is degraded: RDS said so at ${degradation.lastAt} (${degradation.text}).`,
    "Recreate the deployment: green cannot be switched to any more.",
  );
}

const LAG_PAGE = "https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/blue-green-deployments-switching.html";

function checkLag({ view }: ReadinessFacts): Finding {
  const metric = lagMetricOf(view);
  const what = metric ? `CloudWatch metric ${metric.name} of ${metric.side} (${metric.unit}) is near 0` : "green has caught up";
  return unknown(
    "How far green lags behind blue: the RDS API does not say.",
    `See that ${what} (${LAG_PAGE}). AWS itself refuses a switchover whose lag is too large.`,
  );
}

function checkSequences({ view, timeoutSeconds }: ReadinessFacts): Finding {
  if (replicationOf(view) !== "logical") return pass("No sequences have to be synchronised.");
  if (timeoutSeconds > 300) return pass(`Sequences are synchronised during the switchover, within its ${timeoutSeconds} s.`);
  return warn(
    "Sequences are synchronised during the switchover, which takes long where there are many thousands.",
    `Raise the timeout if there are: now it is ${timeoutSeconds} s, and what takes longer is rolled back.`,
  );
}

function checkClaim({ claimed }: ReadinessFacts): Finding {
  return claimed === undefined
    ? pass("No other operation works on this database.")
    : fail(claimed, "Wait until it has ended, or cancel it.");
}

function arnsOf({ deployment: { source, target, members } }: DeploymentView): string[] {
  const all = [source, target, ...members.flatMap((member) => [member.source, member.target])];
  return [...new Set(all.filter((arn) => arn !== undefined))];
}

const databasesOf = (view: DeploymentView): Database[] => arnsOf(view).flatMap((arn) => databaseAt(view, arn) ?? []);

const nameOf = (arn = ""): string => rdsName(arn).name;
