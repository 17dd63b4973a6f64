import type { Replication } from "../../../deployments/replication.ts";
import type { Form } from "../../form.ts";

/** Warns against DDL on blue, or a change on green, as the kind of replication requires. */
export function noDdlUntilSwitchover(replication: Replication | undefined, as: Form): string {
  const alter = as.code("ALTER TABLE");
  if (replication === undefined)
    return `Run no DDL on blue for now (migrations, ORMs, cron jobs): with logical replication one ${alter} ruins the deployment.`;
  if (replication === "logical")
    return `Until the switchover, run no DDL on blue (migrations, ORMs, cron jobs): one ${alter} ruins the deployment.`;
  return replication === "physical"
    ? "Green is read-only and follows blue, DDL included."
    : "Changes on blue, DDL included, reach green through the binary log. Leave green's tables as they are: a change there may stop it.";
}
