import type { DeploymentView } from "../deployments/deployment.ts";
import { replicationOf } from "../deployments/replication.ts";
import type { Claimed } from "../standing/claimed.ts";
import type { EventsMissing } from "../standing/events-missing.ts";
import type { Standing } from "../standing/standing.ts";
import { type Check, type Finding, fail, pass, unknown, warn } from "./checks.ts";
import { globalDatabase } from "./global-database.ts";
import { lagVerdict } from "./lag-verdict.ts";
import { obstacleReason, obstacleRemedy } from "./obstacle-words.ts";
import { replicationVerdict } from "./replication-verdict.ts";

/** The input of the readiness checks. */
export interface ReadinessFacts {
  view: DeploymentView;
  /** How it stands now. */
  standing: Standing;
  /** Why events that RDS once sent may be missing; absent if all are known. */
  incomplete?: EventsMissing;
  /** Which other operation works on the blue database; absent if none does. */
  claimed?: Claimed;
  /** The switchover timeout, in seconds. */
  timeoutSeconds: number;
}

const CHECKS: readonly (readonly [id: string, check: (facts: ReadinessFacts) => Finding])[] = [
  ["deployment-available", checkDeployment],
  ["tasks-completed", checkTasks],
  ["members-available", checkMembers],
  ["production", checkProduction],
  ["databases-available", checkDatabases],
  ["parameter-groups", checkParameterGroups],
  ["replication", ({ standing, incomplete }) => replicationVerdict(standing, incomplete)],
  ["replication-lag", checkLag],
  ["sequences", checkSequences],
  ["claim", checkClaim],
];

/**
 * Checks whether the deployment can be switched over now. Each check is independent, with its reason and what to do.
 * AWS's own guardrails check more (lag, long writes, external replication) and refuse on their own. Source: Aurora and RDS User Guides,
 * blue-green-deployments-switching, "Switchover guardrails" and "Switchover best practices".
 */
export function readiness(facts: ReadinessFacts): Check[] {
  return CHECKS.map(([id, check]) => ({ id, ...check(facts) }));
}

function checkDeployment({ view: { deployment }, standing }: ReadinessFacts): Finding {
  if (standing.unfinished !== undefined) return fail("The guard has deleted it: RDS's answer is older.", "See in the card how to go on.");
  const { status, statusDetails } = deployment;
  const hasFailed = standing.phase === "failed" && standing.obstacles.length === 0;
  if (status === "AVAILABLE" && hasFailed) return fail("RDS has said that it could not build green.", untilBuilt(standing));
  if (status === "AVAILABLE") return pass("The deployment is AVAILABLE.");
  if (status === "SWITCHOVER_FAILED") {
    const remedy = isBegunAt(standing)
      ? "See which members it has switched over."
      : "Read why, and switch over again once the cause is gone.";
    return warn(`The last switchover failed.${statusDetails ? ` ${statusDetails}` : ""}`, remedy);
  }
  const reason = `The deployment is ${status || "without a status"}.`;
  if (status === "PROVISIONING") return fail(reason, untilBuilt(standing));
  if (status === "INVALID_CONFIGURATION") return fail(reason, `Read the status details, and correct what they name.${recreate(standing)}`);
  return fail(reason, REMEDY[status] ?? "Look at it in the RDS console.");
}

/** What to do while green is not built: nothing, unless RDS has given up. */
const untilBuilt = (standing: Standing): string =>
  standing.phase === "failed"
    ? `RDS does not go on building green: correct the reason.${recreate(standing)}`
    : "Wait until green is built.";

/** Advice to recreate, only while nothing says that green may be production. */
const recreate = ({ mayDeleteGreen }: Standing): string => (mayDeleteGreen ? " Then recreate the deployment." : "");

const REMEDY: Readonly<Record<string, string>> = {
  SWITCHOVER_IN_PROGRESS: "A switchover is under way: wait for its end.",
  SWITCHOVER_COMPLETED: "A deployment is switched over once.",
  DELETING: "It is being deleted: create another one.",
};

function checkTasks({ standing }: ReadinessFacts): Finding {
  const { obstacles } = standing;
  const open = obstacles.filter(({ code }) => code === "task" || code === "task-failed");
  if (open.length === 0) return pass("All tasks that build green are COMPLETED.");
  return fail(`Not all tasks are COMPLETED: ${open.map(obstacleReason).join(", ")}.`, untilBuilt(standing));
}

function checkMembers({ view: { deployment }, standing }: ReadinessFacts): Finding {
  const { obstacles, phase } = standing;
  if (isBegunAt(standing))
    return fail(`${countWords(standing)} members are switched over.`, SWITCHED_REMEDY[phase] ?? "The card and the status say which.");
  if (obstacles.some(({ code }) => code === "no-green") || deployment.members.length === 0)
    return fail("Green is not there yet.", untilBuilt(standing));
  const other = obstacles.filter(({ code }) => code === "member" || code === "member-missing");
  if (other.length === 0) return pass("Every pair of blue and green is AVAILABLE.");
  return fail(
    `Not every pair is AVAILABLE: ${other.map(obstacleReason).join(", ")}.`,
    other.every(({ heals }) => heals)
      ? "Wait until they are."
      : other.some(({ code }) => code === "member-missing")
        ? `A pair with a missing side is not switched over.${recreate(standing)}`
        : untilBuilt(standing),
  );
}

const isBegunAt = ({ members }: Standing): boolean => members.some(({ outcome }) => outcome === "switched");

const SWITCHED_REMEDY: Readonly<Record<string, string>> = {
  "switching-over": "Wait until RDS has ended the switchover.",
  "switched-over": "There is nothing to switch over any more.",
};

const countWords = ({ members }: Standing): string =>
  `${members.filter(({ outcome }) => outcome === "switched").length} of ${members.length}`;

function checkProduction({ standing: { production } }: ReadinessFacts): Finding {
  if (production === "blue") return pass("Every name that applications use leads to blue.");
  if (production === "green") return fail("Green has blue's names already.", "There is nothing to switch over.");
  if (production === "mixed")
    return fail("Some names lead to blue, others to green.", "The card and the status say which name leads where.");
  return unknown(
    "It is not known whether every name that applications use leads to blue: the guard first saw the deployment too late, or a database was renamed by hand.",
    "Look in the RDS console which database bears which name.",
  );
}

/** Kinds that RDS describes in calls that the guard does not make. */
function checkDatabases({ view, standing: { obstacles, members } }: ReadinessFacts): Finding {
  const busy = obstacles.filter(({ code }) => code === "database" || code === "database-not-found");
  if (busy.length > 0) {
    const remedies = [...new Set(busy.map(obstacleRemedy))];
    return fail(`Not available: ${busy.map(obstacleReason).join(", ")}.`, remedies.join(" "));
  }
  const global = globalDatabase(view.deployment, view.databases, "switch it over");
  if (global) return global;
  const silent = view.databases.filter(({ status }) => status === "").map(({ identifier }) => identifier);
  if (silent.length > 0) return unknown(`RDS does not say whether ${silent.join(", ")} is available.`, "Look in the RDS console.");
  const other = members.filter(({ kind }) => kind === "unknown");
  if (other.length === 0) return pass("Every cluster, instance and custom endpoint of blue and green is available.");
  const words = other.map(({ word, name, status }) => `${name} (kind ${word}, ${status ?? "without a status"})`);
  return unknown(
    `The guard does not look up members of this kind: ${words.join(", ")}.`,
    "Look in the RDS console whether they are available.",
  );
}

function checkParameterGroups({ view }: ReadinessFacts): Finding {
  const groups = view.databases.flatMap(({ identifier, parameterGroups }) => parameterGroups.map((group) => ({ identifier, ...group })));
  const pending = groups.filter(({ status }) => status !== undefined && status !== "in-sync");
  if (pending.length > 0) {
    const words = pending.map(({ identifier, name, status }) => `${identifier} with ${name} (${status})`);
    return fail(`Not in sync with its parameter group: ${words.join(", ")}.`, "Reboot it, and look at the plan again.");
  }
  const silent = view.databases.filter(
    ({ kind, parameterGroups }) => kind === "instance" && parameterGroups.every((it) => it.status === undefined),
  );
  if (silent.length === 0) return pass("Every instance is in sync with its parameter group.");
  return unknown(
    `RDS does not say whether ${silent.map((it) => it.identifier).join(", ")} is in sync with its parameter group.`,
    "Look at it in the RDS console.",
  );
}

function checkLag({ standing }: ReadinessFacts): Finding {
  const { lag } = standing;
  if (isBegunAt(standing)) return unknown("The lag is not read once a database is switched over.", "Nothing has to be caught up any more.");
  return lagVerdict(lag?.lag ?? { state: "unknown", reason: "How far green lags behind blue was not read." });
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
    : { ...fail("", "Wait until it has ended, or cancel it."), told: claimed };
}
