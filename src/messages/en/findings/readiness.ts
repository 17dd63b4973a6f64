import type { EventsMissing, Pending, ReadinessFindings, ReplicationSaid, UntilBuilt } from "../../../plans/readiness-findings.ts";
import type { Obstacle } from "../../../standing/obstacles.ts";
import { type Form, say, type Words } from "../../form.ts";
import { sentence } from "../../sentences.ts";
import { obstacleReason, obstacleRemedy, replicationRemedy } from "../obstacles.ts";
import { type FindingWords, IN_CONSOLE, listed } from "./finding-words.ts";
import { lagWords } from "./lag.ts";

const AGAIN = " Then recreate the deployment.";
const ENDED = "Green cannot be switched to any more";

/** The words of what the checks before a switchover find. */
export const READINESS_FINDINGS: FindingWords<ReadinessFindings> = {
  "deployment-available": () => ["The deployment is AVAILABLE."],
  "deployment-deleted-by-guard": () => ["The guard has deleted it: RDS does not show that yet.", "The card says how to go on."],
  "deployment-not-built": ({ until }) => ["RDS has said that it could not build green.", UNTIL_BUILT[until]],
  "last-switchover-failed": ({ details, hasBegun }, as) => [
    `The last switchover failed.${details ? ` ${sentence(as.text(details, 300))}` : ""}`,
    hasBegun ? "See which members it has switched over." : "Read why, and switch over again once the cause is gone.",
  ],
  "deployment-provisioning": ({ until }) => ["The deployment is PROVISIONING.", UNTIL_BUILT[until]],
  "deployment-invalid": ({ mayRecreate }) => [
    "The deployment is INVALID_CONFIGURATION.",
    `Read the status details, and correct what they name.${mayRecreate ? AGAIN : ""}`,
  ],
  "deployment-status": ({ status }, as) => [
    `The deployment is ${status ? as.text(status, 60) : "without a status"}.`,
    BY_STATUS[status] ?? IN_CONSOLE,
  ],
  "tasks-completed": () => ["All tasks that build green are COMPLETED."],
  "tasks-open": ({ obstacles, until }, as) => [`Not all tasks are COMPLETED: ${reasons(obstacles, as)}.`, UNTIL_BUILT[until]],
  "members-available": () => ["Every pair of blue and green is AVAILABLE."],
  "members-switched": ({ switched, of, phase }) => [
    `${switched} of ${of} members are switched over.`,
    SWITCHED[phase] ?? "The card says which.",
  ],
  "members-absent": ({ until }) => ["Green is not there yet.", UNTIL_BUILT[until]],
  "members-heal": ({ obstacles }, as) => [notEveryPair(obstacles, as), "Wait until they are."],
  "members-missing": ({ obstacles, mayRecreate }, as) => [
    notEveryPair(obstacles, as),
    `A pair with a missing side is not switched over.${mayRecreate ? AGAIN : ""}`,
  ],
  "members-not-available": ({ obstacles, until }, as) => [notEveryPair(obstacles, as), UNTIL_BUILT[until]],
  "production-blue": () => ["Every name that applications use leads to blue."],
  "production-green": () => ["Green has blue's names already.", "There is nothing to switch over."],
  "production-mixed": () => ["Some names lead to blue, others to green.", "The card says which name leads where."],
  "production-unknown": () => [
    "It is not known whether every name that applications use leads to blue: the guard first saw the deployment too late, or a database was renamed by hand.",
    "Look in the RDS console which database bears which name.",
  ],
  "databases-available": () => ["Every cluster, instance and custom endpoint of blue and green is available."],
  "databases-not-available": ({ obstacles }, as) => [
    `Not available: ${reasons(obstacles, as)}.`,
    [...new Set(obstacles.map((it) => obstacleRemedy(it, as)))].join(" "),
  ],
  "databases-silent": ({ names }, as) => [`RDS does not say whether ${listed(names, as)} is available.`, "Look in the RDS console."],
  "members-not-looked-up": ({ members }, as) => [
    `The guard does not look up members of this kind: ${members.map((it) => notLookedUp(it, as)).join(", ")}.`,
    "Look in the RDS console whether they are available.",
  ],
  "databases-in-sync": () => ["Every instance is in sync with its parameter group."],
  "databases-not-in-sync": ({ pending }, as) => [
    `Not in sync with its parameter group: ${pending.map((it) => notInSync(it, as)).join(", ")}.`,
    "Reboot it, and look at the plan again.",
  ],
  "databases-sync-unknown": ({ names }, as) => [
    `RDS does not say whether ${listed(names, as)} is in sync with its parameter group.`,
    IN_CONSOLE,
  ],
  "replication-running": ({ database }, as) => [`The RDS API says that ${as.code(database, 90)} is replicating.`],
  "replication-by-events": () => ["By its events, replication is neither degraded nor stopped."],
  "replication-events-missing": ({ why, replication }, as) => [eventsMissing(why, as), whereToLook(replication)],
  "replication-degraded": ({ said, mayRecreate }, as) => [
    `Replication is degraded: ${saidBy(said, as)}.`,
    mayRecreate ? `${ENDED}: recreate the deployment.` : `${ENDED}.`,
  ],
  "replication-terminated": ({ said, mayRecreate }, as) => [
    `Replication is terminated: ${saidBy(said, as)}.`,
    mayRecreate ? `${ENDED}: recreate the deployment.` : `${ENDED}.`,
  ],
  "replication-disagrees": ({ at, database }, as) => [
    `RDS disagrees with itself: its event of ${as.time(at)} says that replication to ${as.code(database, 90)} stopped, its API says that it runs.`,
    "See in green's error log and in the lag that it runs.",
  ],
  "replication-stopped": (it, as) => [stoppedWords("stopped", it, as), replicationRemedy("stopped")],
  "replication-error": (it, as) => [stoppedWords("stopped with an error", it, as), replicationRemedy("error")],
  "lag-not-read": () => ["The lag is not read once a database is switched over.", "Nothing has to be caught up any more."],
  lag: lagWords,
  "no-sequences": () => ["No sequences have to be synchronised."],
  "sequences-in-time": ({ timeoutSeconds }) => [`Sequences are synchronised during the switchover, within its ${timeoutSeconds} s.`],
  "sequences-may-be-many": ({ timeoutSeconds }) => [
    "Sequences are synchronised during the switchover, which takes long where there are many thousands.",
    `Raise the timeout if there are: now it is ${timeoutSeconds} s, and RDS rolls a longer switchover back.`,
  ],
  "database-free": () => ["No other operation is under way on this database."],
  "database-claimed": ({ claimed }, as) => [as.why(claimed), "Wait until it has ended, or cancel it."],
};

const UNTIL_BUILT: Record<UntilBuilt, string> = {
  wait: "Wait until green is built.",
  correct: "RDS does not go on building green: correct the reason.",
  "correct-and-recreate": `RDS does not go on building green: correct the reason.${AGAIN}`,
};

const BY_STATUS: Readonly<Record<string, string>> = {
  SWITCHOVER_IN_PROGRESS: "A switchover is under way: wait for its end.",
  SWITCHOVER_COMPLETED: "It is switched over already.",
  DELETING: "It is being deleted: create another one.",
};

const SWITCHED: Readonly<Record<string, string>> = {
  "switching-over": "Wait until RDS has ended the switchover.",
  "switched-over": "There is nothing to switch over any more.",
};

const reasons = (obstacles: readonly Obstacle[], as: Form): string => obstacles.map((it) => obstacleReason(it, as)).join(", ");

const notEveryPair = (obstacles: readonly Obstacle[], as: Form): string => `Not every pair is AVAILABLE: ${reasons(obstacles, as)}.`;

const notLookedUp = ({ name, word, status }: ReadinessFindings["members-not-looked-up"]["members"][number], as: Form): string =>
  as.text(`${name} (kind ${word}, ${status ?? "without a status"})`, 200);

const notInSync = ({ name, group, status }: Pending, as: Form): string => as.text(`${name} with ${group} (${status})`, 300);

const EVENTS_MISSING: Words<{ [It in EventsMissing as It["code"]]: It }> = {
  "older-than-listed": () =>
    "The deployment is older than the 14 days for which RDS lists events: the guard may not know that replication is degraded.",
  "not-listed": ({ text }, as) => `RDS did not list its events (${as.text(text, 300)}): whether replication is degraded is not known.`,
};

/** Why events that RDS once sent may be missing, as a sentence. */
export const eventsMissing = (why: EventsMissing, as: Form): string => say(EVENTS_MISSING, why, as);

/** DDL on blue does harm to logical replication alone, and leaves a warning there. */
function whereToLook(replication: ReadinessFindings["replication-events-missing"]["replication"]): string {
  if (replication === undefined) return "Look at the engine logs of blue and green.";
  return replication === "logical"
    ? "Look for warnings about DDL in blue's engine log."
    : "See in green's error log that replication runs.";
}

function saidBy({ from, database = "green", at, text }: ReplicationSaid, as: Form): string {
  if (from === "api") return `the RDS API says so of ${as.code(database, 90)}`;
  return `RDS said so${at ? ` at ${as.time(at)}` : ""} (${as.text(text ?? database, 300)})`;
}

function stoppedWords(state: string, { database, since, text }: ReadinessFindings["replication-stopped"], as: Form): string {
  const when = since ? ` since ${as.time(since)}` : "";
  return `Replication to ${database === undefined ? "green" : as.code(database, 90)} is ${state}${when}.${text ? ` RDS says: ${sentence(as.text(text, 300))}` : ""}`;
}
