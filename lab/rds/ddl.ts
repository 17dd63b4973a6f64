import { announce, type ControlPlane } from "./control-plane.ts";
import { fallBehind } from "./following.ts";
import type { Database, Deployment, Instance } from "./state.ts";
import { timelineFor } from "./timelines/index.ts";

/** How long after blue's event green's comes; both were recorded in the same minute. */
const GREEN_FOLLOWS = 7_319;

/**
 * What RDS says of a statement: `told` by events and where the API has a field for it, `shown` by the API alone, as if the events were lost,
 * `unseen` until it switches over.
 */
export type Noticed = "told" | "shown" | "unseen";

/**
 * Somebody ran a statement on a database: if it is the blue of a deployment that replicates logically and has not been switched over, the
 * replication is degraded permanently, and the next switchover will be cancelled.
 *
 * Blue's writer reports every such statement, green's only the first. GRANT and REVOKE are not replicated and do no harm (Aurora User
 * Guide, blue-green-deployments-considerations). Of RDS for PostgreSQL the API shows it, too; of Aurora no field does.
 *
 * @returns the ids of the deployments it degraded.
 * @throws Error if the lab has no such database.
 */
export function runDdl(control: ControlPlane, databaseIdentifier: string, statement: string, noticed: Noticed = "told"): string[] {
  const database = control.store.cluster(databaseIdentifier) ?? control.store.instance(databaseIdentifier);
  if (database === undefined) {
    throw new Error(`The lab has no database ${databaseIdentifier}: add it with addCluster or addInstance before running DDL on it.`);
  }
  if (/^\s*(grant|revoke)\b/i.test(statement)) return [];
  const harmed = control.store.deployments.filter((deployment) => isHarmed(deployment, blueOf(database)));
  for (const deployment of harmed) {
    const first = deployment.degradedBy === undefined;
    deployment.degradedBy ??= statement;
    if (first) fallBehind(control, deployment);
    deployment.unseenDdl = noticed === "unseen" && (first || deployment.unseenDdl);
    if (noticed === "told") tellOfDdl(control, deployment, first);
  }
  return harmed.map(({ identifier }) => identifier);
}

/** RDS finds DDL that it has not reported yet. Source: RDS User Guide, blue-green-deployments-switching, "Switchover guardrails". */
export function findUnseenDdl(control: ControlPlane, deployment: Deployment): void {
  if (!deployment.unseenDdl) return;
  deployment.unseenDdl = false;
  tellOfDdl(control, deployment, true);
}

function blueOf(database: Database): Database {
  return (database.kind === "db" ? database.cluster : undefined) ?? database;
}

function isHarmed(deployment: Deployment, blue: Database): boolean {
  return (
    deployment.members[0]?.source === blue &&
    !deployment.members[0].switched &&
    ["PROVISIONING", "AVAILABLE", "SWITCHOVER_FAILED"].includes(deployment.status) &&
    timelineFor(deployment).replicatesLogically(deployment)
  );
}

function tellOfDdl(control: ControlPlane, deployment: Deployment, first: boolean): void {
  const writer = deployment.members.find(({ source }) => source.kind === "db");
  if (writer === undefined) return;
  announce(control, writer.source, ddlText(control.clock.now()), timelineFor(deployment).origin);
  if (first) tellGreen(control, () => (writer.target?.kind === "db" ? writer.target : undefined), timelineFor(deployment).origin);
}

function tellGreen(control: ControlPlane, green: () => Instance | undefined, origin: "recorded" | "lab"): void {
  const at = control.clock.now() + GREEN_FOLLOWS;
  control.run(async () => {
    await control.clock.until(at);
    const instance = green();
    if (instance) announce(control, instance, "Replication has been degraded.", origin);
  });
}

/** The recorded text; the timestamp is the UTC hour that names blue's log file. */
function ddlText(now: number): string {
  const hour = new Date(now).toISOString().slice(0, 13).replace("T", "-");
  return (
    "Data definition language (DDL) changes aren't supported for blue/green deployments. These changes aren't replicated from the blue " +
    "environment to the green environment, and switchover will be blocked. Your green databases now have a status of " +
    "REPLICATION_DEGRADED. Delete and recreate your blue/green deployment and avoid future DDL changes. See the engine logs for the " +
    `timestamp ${hour} for more information. The log_min_messages DB parameter must be set to WARNING (the default) or lower for DDL ` +
    "warning messages to be saved in the engine log files."
  );
}
