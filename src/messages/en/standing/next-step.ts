import type { OperationName } from "../../../operations/index.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { Form } from "../../form.ts";
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

function switching({ members, operation }: Standing): string {
  if (members.some(({ outcome }) => outcome === "switched")) {
    const rest = members.every(({ outcome }) => outcome === "switched")
      ? "ends the switchover"
      : "switches over the rest one after the other";
    return `Wait: ${countWords(members)} are switched over, and RDS ${rest}. Change nothing by hand.`;
  }
  const begins = operation && !operation.isOver && operation.step?.at === 1;
  if (begins) return "Wait: the guard is about to switch it over.";
  return "Wait: RDS switches over, and refuses writes for a part of that time. If it takes longer than its timeout, RDS rolls everything back.";
}

/** Source: a public rehearsal on RDS for MySQL in which a reader's name went on leading to the old version after RDS had completed. */
function partly({ members }: Standing, as: Form): string {
  const rest = members.filter(({ outcome }) => outcome !== "switched").map(({ name }) => name);
  return [
    `${names("", rest, as)} ${rest.length === 1 ? "was" : "were"} ${as.strong("not")} switched over: what reads there sees blue's old data, which no longer changes.`,
    "1. Point what reads there at a database that was switched over.",
    "2. Create what is missing anew from the new production database.",
    "3. Delete nothing, blue or green, until no name leads to it. Nothing renames the databases back.",
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
  const first = isPartly ? partly(standing, as) : switched ? "New blue stays production." : still.length === 0 ? "Nothing." : "";
  return `${[first, ...still].filter((it) => it !== "").join("\n")}${change}`;
}

function failed(standing: Standing, as: Form): string {
  if (standing.unfinished !== undefined) return saidWords(standing.unfinished, as);
  if (!standing.mayDeleteGreen) return LOOK;
  if (standing.degraded) return createAgain(standing, as);
  if (standing.status === "SWITCHOVER_FAILED" && standing.offers.includes("switchover")) {
    return `Blue is still production. Read the reason in the thread, fix it, and switch over again: ${typed("switchover", standing, as)}`;
  }
  return (
    "Blue is not affected: it stays production.\n" +
    "1. Find the reason: in the thread, in the status details, or in the RDS console.\n" +
    `2. Fix the reason, delete the deployment together with green, and create it again: ${recreation(standing, as)}`
  );
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
  const { policy, replication } = standing;
  if (!standing.mayDeleteGreen) return LOOK;
  const what = replication.state === "terminated" ? "Replication was terminated: green cannot be repaired." : "Green cannot be repaired.";
  const blue = "Blue is not affected: it stays production.";
  const cause = "1. Find what ran DDL on blue, and stop it: the thread says in which log to look.";
  if (policy?.state === "considering") return `${blue} ${what}\nThe guard checks whether it may delete and recreate it by itself.`;
  if (policy?.state === "announced") {
    return (
      `${blue} ${what}\nThe guard deletes and recreates it by itself, not before ${as.clock(policy.notBefore ?? "")}, ` +
      `once no DDL was seen for ${policy.settleMinutes} minutes. Stop what runs DDL on blue. ` +
      `To hold it: ${as.command("cancel", standing.name)}`
    );
  }
  const held = policy?.heldBy ? `\n${as.person(policy.heldBy)} put it on hold: the guard does not recreate it by itself.` : "";
  if (standing.operation && standing.operation.failed === undefined) return `${blue} ${what} Wait: the guard is dealing with it.`;
  const steps = replication.state === "terminated" ? [] : [cause];
  const last = `${steps.length + 1}. Delete the deployment with green and create it again: ${recreation(standing, as)}`;
  return [`${blue} ${what}${held}`, ...steps, last].join("\n");
}
