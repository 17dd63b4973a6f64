import type { Replication } from "../deployments/replication.ts";
import type { Summary } from "../facts/summary.ts";
import type { OperationName } from "../operations/index.ts";
import { slackCommand, terminalCommand } from "../plans/command-lines.ts";
import { code } from "./mrkdwn.ts";
import { ownWords } from "./operated-advice.ts";

/** What a person should do now, if anything; with `inSlack`, commands to type are for Slack, otherwise for a terminal. */
export function nextStep(summary: Summary, inSlack = false): string {
  const { status, phase, replication } = summary;
  switch (phase) {
    case "provisioning":
      return `Wait: green is being built. ${noDdlUntilSwitchover(replication)}`;
    case "ready":
      if (isStopped(summary)) return waitForReplication;
      return `Test green, then switch over in a quiet hour: ${typed("switchover", summary, inSlack)}\n${noDdlUntilSwitchover(replication)}`;
    case "degraded":
      return createAgain(summary, inSlack);
    case "recreating":
      return "Wait: the deployment is being deleted and created again.";
    case "switching-over":
      return "Wait: writes are refused until the switchover ends. If it takes longer than its timeout, RDS rolls everything back.";
    case "switched-over":
      return "Work through the list in the thread: what to refresh, infrastructure code, and old blue, which keeps costing.";
    case "failed":
      return failed(summary, inSlack);
    case "deleted":
      return deleted(summary);
    default:
      return `Look at it in the RDS console: the guard does not know the status ${code(status)}.`;
  }
}

/** True if only stopped replication prevents a switchover. */
export function isStopped({ phase, stopped }: Summary): boolean {
  return phase === "ready" && stopped === true;
}

const waitForReplication =
  "Do not switch over yet: RDS refuses while green does not follow blue. If replication does not resume by itself, look at green's error log.";

function deleted({ exists, switched, source }: Summary): string {
  const change = exists ? "" : " This card will not change any more.";
  const oldBlue = source.database ? " Old blue stays too, and keeps costing, until you delete it." : "";
  if (switched) return `New blue stays production.${oldBlue}${change}`;
  return exists ? "Wait until it is gone, then create it again if it is still wanted." : `Nothing.${change}`;
}

function failed(summary: Summary, inSlack: boolean): string {
  if (summary.unfinished !== undefined) return ownWords(summary.unfinished);
  if (summary.degraded) return createAgain(summary, inSlack);
  if (summary.status === "SWITCHOVER_FAILED") {
    return `Blue is still production. Read the reason in the thread, fix it, and switch over again: ${typed("switchover", summary, inSlack)}`;
  }
  return (
    "Blue is not affected: it stays production.\n" +
    "1. Find the reason: in the thread, in the status details, or in the RDS console.\n" +
    `2. Delete the deployment together with green: ${deletion(summary)}\n` +
    "3. Fix the reason, then create the deployment again."
  );
}

function typed(operation: OperationName, { name }: Summary, inSlack: boolean): string {
  return code((inSlack ? slackCommand : terminalCommand)(operation, name), 255);
}

function createAgain(summary: Summary, inSlack: boolean): string {
  return (
    "Blue is not affected: it stays production. Green cannot be repaired.\n" +
    "1. Find what ran DDL on blue, and stop it: the thread says in which log to look.\n" +
    `2. Delete the deployment with green and create it again: ${typed("recreate", summary, inSlack)}`
  );
}

const deletion = ({ id }: Summary): string =>
  code(`aws rds delete-blue-green-deployment --blue-green-deployment-identifier ${id} --delete-target`, 255);

/** Warns against DDL on blue, or a change on green, as the kind of replication requires. */
export function noDdlUntilSwitchover(replication: Replication | undefined): string {
  if (replication === undefined)
    return "Run no DDL on blue for now (migrations, ORMs, cron jobs): with logical replication one `ALTER TABLE` ruins the deployment.";
  if (replication === "logical")
    return "Until the switchover, run no DDL on blue (migrations, ORMs, cron jobs): one `ALTER TABLE` ruins the deployment.";
  return replication === "physical"
    ? "Green is read-only and follows blue, DDL included."
    : "Changes on blue, DDL included, reach green through the binary log. Leave green's tables as they are: a change there may stop it.";
}
