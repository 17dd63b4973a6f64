import { readFileSync } from "node:fs";
import type { BlueGreenDeployment } from "@aws-sdk/client-rds";
import { deploymentFrom } from "../../../src/clients/rds/answers.ts";
import { rdsName } from "../../../src/deployments/arn.ts";
import type { ClusterEndpoint, Database, Deployment, DeploymentView, Member } from "../../../src/deployments/deployment.ts";

/** A deployment as DescribeBlueGreenDeployments answered it, from `test/deployments`, with fields changed. */
export function answered(name: string, changes: Partial<Deployment> = {}): Deployment {
  const answer = JSON.parse(readFileSync(new URL(`../../deployments/${name}.json`, import.meta.url), "utf8")) as BlueGreenDeployment;
  return { ...deploymentFrom({ ...answer, CreateTime: new Date(String(answer.CreateTime)) }), ...changes };
}

/** What is changed of a database, by its name. */
type Changes = Record<string, Partial<Database>>;

/**
 * The deployment with its databases and custom endpoints, available but for what is changed.
 *
 * `ids` are the resource ids by name: a database keeps its id under every name. An instance named in `changes` with its `cluster` exists
 * although no member lists it.
 */
export function describedView(deployment: Deployment, ids: Record<string, string> = {}, changes: Changes = {}): DeploymentView {
  const listed = deployment.members.flatMap(({ source, target }) => [source, target]).filter((arn) => arn !== undefined);
  const unlisted = Object.entries(changes).flatMap(([name, { cluster }]) => (cluster ? [db(name)] : []));
  const arns = [...new Set([...listed, ...unlisted])].filter((arn) => ["cluster", "db"].includes(rdsName(arn).kind));
  const endpoints = listed.filter((arn) => rdsName(arn).kind === "cluster-endpoint").map(endpointAt);
  const databases = arns.map((arn) => databaseAt(arn, ids[rdsName(arn).name], changes[rdsName(arn).name]));
  return { deployment, databases, ...(endpoints.length > 0 && { endpoints }) };
}

const ARN = "arn:aws:rds:ap-northeast-1:123456789012";
/** The ARN of an instance. */
export const db = (name: string): string => `${ARN}:db:${name}`;

/** A pair of instances, by name. */
export const pair = (source: string | undefined, target: string | undefined, status = "AVAILABLE"): Member => ({
  ...(source !== undefined && { source: db(source) }),
  ...(target !== undefined && { target: db(target) }),
  status,
});

function databaseAt(arn: string, resourceId: string | undefined, changes: Partial<Database> = {}): Database {
  const { kind, name } = rdsName(arn);
  return {
    kind: kind === "cluster" ? "cluster" : "instance",
    arn,
    identifier: name,
    ...(resourceId !== undefined && { resourceId }),
    engine: "mysql",
    engineVersion: "8.0.42",
    status: "available",
    parameterGroups: [],
    ...changes,
  };
}

const endpointAt = (arn: string): ClusterEndpoint => ({
  arn,
  identifier: rdsName(arn).name,
  status: "available",
  cluster: "my-aurora-mysql-cluster",
  instances: [],
});

/**
 * The members of a rehearsal on RDS for MySQL, 8.0.42 to 8.4.10, before its switchover; afterwards RDS showed `partly-switched-over`: the
 * reader's green had stopped replicating. Source: github.com/xiaofeng8458/kiro-agent-canal-cutover, reports/rehearsal-report-2026-08-15.md, 4.1.
 */
export const REHEARSED: Member[] = [pair("canal-primary", "canal-primary-green-zyxwvu"), pair("canal-reader", "canal-reader-green-abcdef")];

/** That rehearsal's deployment before its switchover, with fields changed. */
export function rehearsed(changes: Partial<Deployment> = {}): Deployment {
  const [{ source = "", target } = {}] = REHEARSED;
  return answered("partly-switched-over", {
    status: "AVAILABLE",
    statusDetails: undefined,
    source,
    target,
    members: REHEARSED,
    ...changes,
  });
}

/** The resource ids of its databases before and after. */
export const IDS_BEFORE = {
  "canal-primary": "db-BLUE1",
  "canal-primary-green-zyxwvu": "db-GREEN1",
  "canal-reader": "db-BLUE2",
  "canal-reader-green-abcdef": "db-GREEN2",
};
export const IDS_AFTER = {
  "canal-primary-old1": "db-BLUE1",
  "canal-primary": "db-GREEN1",
  "canal-reader": "db-BLUE2",
  "canal-reader-green-abcdef": "db-GREEN2",
};
