import type { Replication } from "../deployments/replication.ts";
import type { Summary } from "../deployments/summary.ts";
import { code } from "./mrkdwn.ts";

/** What a person should do now, or that there is nothing to do. */
export function nextStep({ id, status, phase, replication }: Summary): string {
  const command = (action: string, more = "") =>
    code(`aws rds ${action}-blue-green-deployment --blue-green-deployment-identifier ${id}${more}`);
  const noDdl = noDdlUntilSwitchover(replication);
  switch (phase) {
    case "provisioning":
      return `Wait: green is being built. ${noDdl}`;
    case "ready":
      return `Test green, then switch over in a quiet hour: ${command("switchover")}\n${noDdl}`;
    case "degraded":
      return (
        "1. Find what ran DDL on blue and stop it: the thread says in which log to look.\n" +
        `2. Delete the deployment together with green: ${command("delete", " --delete-target")}\n` +
        "3. Create it again. Nothing short of that repairs it."
      );
    case "switching-over":
      return "Wait: writes are refused until the switchover ends. When it overruns its timeout RDS rolls everything back.";
    case "switched-over":
      return "Work through the list in the thread: statistics, views, infrastructure code, and old blue, which keeps costing.";
    case "failed":
      return failed(status, command);
    case "deleted":
      return status === "DELETING"
        ? "Wait until it is gone, then create it again if it is still wanted."
        : "Nothing; this card will not change any more.";
    default:
      return `Look at it in the RDS console: the guard does not know the status ${code(status)}.`;
  }
}

function failed(status: string, command: (action: string, more?: string) => string): string {
  if (status === "SWITCHOVER_FAILED")
    return "Read the reason in the thread, mend it, and try the switchover again. Blue is still production.";
  return `Blue is unchanged. Read the reason in the thread, delete the deployment with its green (${command("delete", " --delete-target")}), mend the cause, and create it again.`;
}

/** The warning that keeps a deployment alive, where DDL on blue would ruin it. */
export function noDdlUntilSwitchover(replication: Replication | undefined): string {
  if (replication === "logical" || replication === undefined)
    return "Until the switchover keep DDL away from blue (migrations, ORMs, cron jobs): one `ALTER TABLE` ruins the deployment.";
  return replication === "physical"
    ? "Green is read-only and follows blue, DDL included."
    : "Changes on blue, DDL included, reach green through the binary log.";
}
