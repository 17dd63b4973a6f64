import type { OperationName } from "../../../operations/index.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { Form } from "../../form.ts";
import { logLink } from "../links.ts";
import { obstacleReason, obstacleRemedy } from "../obstacles.ts";
import { saidWords } from "../operations/said.ts";
import { stopping } from "../operations/stopping.ts";
import { leftLines } from "./left.ts";
import { countWords } from "./members.ts";
import { names } from "./names.ts";
import { noDdlUntilSwitchover } from "./no-ddl.ts";

/** What a person should do now, if anything. */
export function nextStep(standing: Standing, as: Form): string {
  const { status, phase, replicationType, operation } = standing;
  if (operation?.stopping && operation.failed === undefined) return stopping(standing, operation.stopping, as);
  switch (phase) {
    case "provisioning":
      return `Wait: green is being built. ${noDdlUntilSwitchover(replicationType, as)}`;
    case "waiting":
      return waiting(standing, as);
    case "ready":
      return `Test green, then switch over in a quiet hour: ${typed("switchover", standing, as)}\n${noDdlUntilSwitchover(replicationType, as)}`;
    case "degraded":
      return createAgain(standing, as);
    case "recreating":
      return "Wait: the deployment is being deleted and created again.";
    case "switching-over":
      return switching(standing);
    case "switched-over":
      return "Work through the list in the thread: what to refresh, infrastructure code, and old blue.";
    case "partly-switched-over":
      return partly(standing, as);
    case "failed":
      return failed(standing, as);
    case "deleted":
      return deleted(standing, as);
    default:
      return `Look at it in the RDS console: ${status === "" ? "RDS says no status" : `the guard does not know the status ${as.code(status)}`}.`;
  }
}

function waiting({ obstacles }: Standing, as: Form): string {
  if (obstacles.length === 0) return "Do not switch over yet. RDS has said that replication is broken: the guard is checking.";
  const lines = obstacles.map((it) => `${it.heals ? "" : `${as.strong("Act:")} `}${obstacleReason(it, as)}. ${obstacleRemedy(it, as)}`);
  return [obstacles.every(({ heals }) => heals) ? "Do not switch over yet." : "It cannot be switched over.", ...lines.slice(0, 6)].join(
    "\n",
  );
}

function switching({ members, operation, exists }: Standing): string {
  if (members.some(({ outcome }) => outcome === "switched")) {
    const rest = members.every(({ outcome }) => outcome === "switched")
      ? "ends the switchover"
      : "switches over the rest one after the other";
    return `Wait: ${countWords(members)} are switched over, and RDS ${rest}. Change nothing by hand.`;
  }
  const begins = operation && !operation.isOver && operation.step?.at === 1;
  if (begins || !exists) return "Wait: the guard is about to switch it over.";
  return "Wait. If it takes longer than its timeout, RDS rolls everything back.";
}

/** Source: a public rehearsal on RDS for MySQL in which a reader's name went on leading to the old version after RDS had completed. */
function partly({ members }: Standing, as: Form): string {
  const rest = members.filter(({ outcome }) => outcome !== "switched").map(({ name }) => name);
  return [
    `${names("", rest, as)} ${rest.length === 1 ? "was" : "were"} ${as.strong("not")} switched over: what reads there sees blue's old data.`,
    "1. Point it at a database that was switched over, and create what is missing anew from the new production.",
    "2. Delete nothing, blue or green, until no name leads to it. Nothing renames the databases back.",
  ].join("\n");
}

function deleted(standing: Standing, as: Form): string {
  const { exists, switched, members } = standing;
  const change = exists ? "" : " This card will not change any more.";
  const isPartly = !switched && members.some(({ outcome }) => outcome === "switched");
  if (exists && isPartly)
    return `The deployment alone is deleted: ${countWords(members)} are switched over. Delete nothing, blue or green, until no name leads to it.`;
  if (exists)
    return switched
      ? "The deployment alone is deleted: new blue stays production."
      : "Wait until it is gone, then create it again if it is still wanted.";
  const still = leftLines(standing, as);
  const first = isPartly ? partly(standing, as) : switched ? "New blue stays production." : still.length === 0 ? "Nothing to do." : "";
  return `${[first, ...still].filter((it) => it !== "").join("\n")}${change}`;
}

function failed(standing: Standing, as: Form): string {
  if (standing.unfinished !== undefined) return saidWords(standing.unfinished, as);
  if (!standing.mayDeleteGreen) return LOOK;
  if (standing.degraded) return createAgain(standing, as);
  if (standing.status === "SWITCHOVER_FAILED" && standing.offers.includes("switchover")) {
    return `Fix the reason, which the thread has, and switch over again: ${typed("switchover", standing, as)}`;
  }
  return [
    "1. Find the reason, in the thread or in the RDS console, and fix it.",
    `2. Delete the deployment with green and create it again: ${recreation(standing, as)}`,
  ].join("\n");
}

const LOOK =
  "Delete nothing: it is not known which side is production. Look in the RDS console which database bears the name that applications use.";

/** The command that recreates, or what it has to be given: that takes a terminal. */
function recreation(standing: Standing, as: Form): string {
  if (standing.missing.length === 0) return typed("recreate", standing, as);
  return as.code(["npx bluegreen-guard recreate", standing.name, ...standing.missing].join(" "), 255);
}

const typed = (operation: OperationName, { name }: Standing, as: Form): string => as.command(operation, name);

function createAgain(standing: Standing, as: Form): string {
  const { policy, replication, operation } = standing;
  if (!standing.mayDeleteGreen) return LOOK;
  const isTerminated = replication.state === "terminated";
  const cause = isTerminated ? [] : [`Find what ran DDL on blue, and stop it: ${warnings(standing, as)}`];
  if (policy?.state === "considering") return [...cause, "The guard checks whether it may delete and recreate it by itself."].join("\n");
  if (policy?.state === "announced") {
    const first = `The guard deletes and recreates it by itself once no DDL was seen for ${policy.settleMinutes} minutes, not before ${as.clock(policy.notBefore ?? "")}.`;
    return [...cause, `${first} To hold it: ${as.command("cancel", standing.name)}`].join("\n");
  }
  if (operation && operation.failed === undefined) return "Wait: the guard is dealing with it.";
  const held = policy?.heldBy ? [`${as.person(policy.heldBy)} put it on hold: the guard does not recreate it by itself.`] : [];
  const again = `Delete it with green and create it again: ${recreation(standing, as)}`;
  const steps = [...cause, again];
  return [...held, ...(steps.length === 1 ? steps : steps.map((it, index) => `${index + 1}. ${it}`))].join("\n");
}

/** Where the engine's log names the statement: a WARNING, in the hour that RDS said. */
function warnings({ degraded, source }: Standing, as: Form): string {
  const { sourceIdentifier = source.name, side, reading } = degraded ?? {};
  const blue = side === "green" ? (source.writer ?? source.name) : sourceIdentifier;
  const hour = reading?.logHour ? ` in the hour ${as.code(reading.logHour)} (UTC)` : "";
  return `the ${logLink(source.arn, blue, as)} names the statement, as a WARNING${hour}.`;
}
