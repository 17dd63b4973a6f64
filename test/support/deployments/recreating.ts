import type { Configuration } from "../../../src/deployments/configuration.ts";
import type { Database, Deployment, DeploymentView } from "../../../src/deployments/deployment.ts";
import { type Answer, known } from "../../../src/plans/answer.ts";
import type { PreflightAnswers, PreflightQuestion } from "../../../src/plans/preflight/question.ts";
import { type SettledSpec, settleSpec } from "../../../src/plans/spec/settled.ts";
import { databasesOf, first, instance } from "./upgrade.ts";

/** How a healthy database of the real upgrade is configured; green's cluster names green's writer. */
function configurationOf({ kind, identifier }: Database): Configuration {
  const shared = { deletionProtection: false, backupRetentionPeriod: 1, managedPassword: false, tags: {} };
  if (kind === "instance")
    return { ...shared, instanceClass: "db.r6g.large", replicas: [], optionGroups: ["default:aurora-postgresql-15"] };
  const writer = identifier === "db-cluster" ? "db-instance-writer" : "db-instance-writer-green-8n9hio";
  return {
    ...shared,
    engineMode: "provisioned",
    multiAzCluster: false,
    storageType: "aurora",
    replicas: [],
    clusterMembers: [{ identifier: writer, writer: true, parameterGroupStatus: "in-sync" }],
  };
}

/** What is changed of a database, by its name. */
export type Changes = Record<string, Partial<Omit<Database, "configuration">> & { configuration?: Partial<Configuration> }>;

/** The real upgrade, or another deployment, with its databases healthy but for what is changed. */
export function viewOf(deployment: Deployment = first(), changes: Changes = {}): DeploymentView {
  const databases = databasesOf(deployment).map((database): Database => {
    const { configuration, ...change } = changes[database.identifier] ?? {};
    const healthy = { ...database, configuration: { ...configurationOf(database), ...configuration } };
    return { ...healthy, ...change, configuration: healthy.configuration };
  });
  return { deployment, databases };
}

const ORDERS = { source: instance("orders"), target: instance("orders-green-a1b2c3") };

/** A deployment of the RDS instance `orders`, of MySQL 8.0.36 upgraded to 8.4.3, with its databases healthy but for what is changed. */
export function rdsView(changes: Changes = {}, more: Partial<Deployment> = {}): DeploymentView {
  const ofMysql = { engine: "mysql", configuration: { allocatedStorage: 500, storageType: "gp3", iops: 12_000, storageThroughput: 500 } };
  const blue = { engineVersion: "8.0.36", parameterGroups: [{ name: "mysql-8-0", status: "in-sync" }] };
  const green = { engineVersion: "8.4.3", parameterGroups: [{ name: "mysql-8-4", status: "in-sync" }] };
  const merged = (name: string, base: Changes[string]): Changes[string] => ({
    ...ofMysql,
    ...base,
    ...changes[name],
    configuration: { ...ofMysql.configuration, ...changes[name]?.configuration },
  });
  const deployment = first({ ...ORDERS, members: [{ ...ORDERS, status: "AVAILABLE" }], ...more });
  return viewOf(deployment, { ...changes, orders: merged("orders", blue), "orders-green-a1b2c3": merged("orders-green-a1b2c3", green) });
}

/** The spec that a view settles on. */
export function specFor(view: DeploymentView, asked = {}): SettledSpec {
  const { spec, missing } = settleSpec({ view, asked });
  if (!spec) throw new Error(`The spec is not settled: ${JSON.stringify(missing)}.`);
  return spec;
}

/** What AWS answers where all is well with a question. */
export function goodAnswers(question: PreflightQuestion): PreflightAnswers {
  const family = (version: string) => {
    return `${question.engine}${version
      .split(".")
      .slice(0, question.engine.includes("postgres") ? 1 : 2)
      .join(".")}`;
  };
  const { parameters, blueVersion, targetVersion } = question;
  const values = parameters?.names.map((name) => [name, name === "binlog_format" ? "ROW" : "1"]);
  return {
    parameters: values && known(Object.fromEntries(values)),
    groups: question.groups.map(({ kind, name }) => ({ kind, name, answer: known({ name, family: family(targetVersion) }) })),
    blueVersion: known({ family: family(blueVersion), validUpgradeTargets: [targetVersion, "99.1"] }),
    targetVersion: known({ family: family(targetVersion), validUpgradeTargets: [] }),
    permissions: known(question.permissions.map((it) => ({ ...it, decision: "allowed", incomplete: false }))),
  };
}

/** An answer that did not come. */
export const refused: Answer<never> = {
  known: false,
  why: { code: "refused", call: "DescribeThat", error: "AccessDenied", text: "no." },
};
