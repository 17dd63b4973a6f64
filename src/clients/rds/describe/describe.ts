import {
  DBClusterParameterGroupNotFoundFault,
  DBParameterGroupNotFoundFault,
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBParameterGroupsCommand,
  type Parameter,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBParameters,
  RDSClient,
} from "@aws-sdk/client-rds";
import type { Answer } from "../../../plans/answer.ts";
import type { GroupKind } from "../../../plans/preflight/findings.ts";
import type { EngineVersion, ParameterGroup, PreflightAnswers, PreflightQuestion } from "../../../plans/preflight/question.ts";
import { type AwsOptions, awsClient } from "../../aws.ts";
import { answered } from "./answered.ts";
import { createPermissions } from "./permissions.ts";

/** What preflight asks AWS. Nothing throws: what is refused, or not answered within `timeoutMs` in total, is not known. */
export interface RdsDescribe {
  /** Undefined for a group that does not exist. */
  parameterGroup(kind: GroupKind, name: string): Promise<Answer<ParameterGroup | undefined>>;
  /** The values of the parameters in `names`; one that the group does not list, or has no value for, is absent. */
  parameters(kind: GroupKind, group: string, names: readonly string[]): Promise<Answer<Record<string, string>>>;
  /** Undefined for a version that is not listed. */
  engineVersion(engine: string, version: string): Promise<Answer<EngineVersion | undefined>>;
  /** Answers a whole preflight question at once; `principal` is the ARN of the role or user that creates, if known. */
  preflight(question: PreflightQuestion, principal: string | undefined): Promise<PreflightAnswers>;
}

/** Creates the RDS and IAM clients that preflight needs; if `timeoutMs` is omitted, a call has five seconds including retries. */
export function createRdsDescribe(options: AwsOptions = {}): RdsDescribe {
  const client = awsClient(RDSClient, options);
  const permissions = createPermissions(options);
  const timeoutMs = options.timeoutMs ?? 5_000;
  const ask = <T>(operation: string, call: (abortSignal: AbortSignal) => Promise<T>) => answered(operation, timeoutMs, call);
  const describe: RdsDescribe = {
    parameterGroup: (kind, name) =>
      ask(kind === "cluster" ? "DescribeDBClusterParameterGroups" : "DescribeDBParameterGroups", (signal) =>
        parameterGroup(client, kind, name, signal),
      ),
    parameters: (kind, group, names) =>
      ask(kind === "cluster" ? "DescribeDBClusterParameters" : "DescribeDBParameters", (signal) =>
        parameters(client, kind, group, names, signal),
      ),
    engineVersion: (engine, version) => ask("DescribeDBEngineVersions", (signal) => engineVersion(client, engine, version, signal)),
    async preflight({ engine, blueVersion, targetVersion, parameters: asked, groups, permissions: required }, principal) {
      const [itsParameters, itsGroups, blue, target, decisions] = await Promise.all([
        asked && describe.parameters(asked.kind, asked.group, asked.names),
        Promise.all(groups.map(async ({ kind, name }) => ({ kind, name, answer: await describe.parameterGroup(kind, name) }))),
        describe.engineVersion(engine, blueVersion),
        describe.engineVersion(engine, targetVersion),
        permissions.simulate(principal, required),
      ]);
      return { parameters: itsParameters, groups: itsGroups, blueVersion: blue, targetVersion: target, permissions: decisions };
    },
  };
  return describe;
}

async function parameterGroup(
  client: RDSClient,
  kind: GroupKind,
  name: string,
  abortSignal: AbortSignal,
): Promise<ParameterGroup | undefined> {
  try {
    const family = kind === "cluster" ? await clusterFamily(client, name, abortSignal) : await instanceFamily(client, name, abortSignal);
    return family === undefined ? undefined : { name, family };
  } catch (error) {
    if (error instanceof DBClusterParameterGroupNotFoundFault || error instanceof DBParameterGroupNotFoundFault) return undefined;
    throw error;
  }
}

async function clusterFamily(
  client: RDSClient,
  DBClusterParameterGroupName: string,
  abortSignal: AbortSignal,
): Promise<string | undefined> {
  const command = new DescribeDBClusterParameterGroupsCommand({ DBClusterParameterGroupName });
  return (await client.send(command, { abortSignal })).DBClusterParameterGroups?.[0]?.DBParameterGroupFamily;
}

async function instanceFamily(client: RDSClient, DBParameterGroupName: string, abortSignal: AbortSignal): Promise<string | undefined> {
  const command = new DescribeDBParameterGroupsCommand({ DBParameterGroupName });
  return (await client.send(command, { abortSignal })).DBParameterGroups?.[0]?.DBParameterGroupFamily;
}

/** Reads all pages: not every endpoint supports the filter by name. */
async function parameters(
  client: RDSClient,
  kind: GroupKind,
  group: string,
  names: readonly string[],
  abortSignal: AbortSignal,
): Promise<Record<string, string>> {
  const pages =
    kind === "cluster"
      ? paginateDescribeDBClusterParameters({ client, pageSize: 100 }, { DBClusterParameterGroupName: group }, { abortSignal })
      : paginateDescribeDBParameters({ client, pageSize: 100 }, { DBParameterGroupName: group }, { abortSignal });
  const found: Parameter[] = [];
  for await (const page of pages) found.push(...(page.Parameters ?? []).filter(({ ParameterName = "" }) => names.includes(ParameterName)));
  const values = found.flatMap(({ ParameterName = "", ParameterValue }) =>
    ParameterValue ? [[ParameterName, ParameterValue] as const] : [],
  );
  return Object.fromEntries(values);
}

/** Includes versions that are no longer available: blue may still run one. */
async function engineVersion(
  client: RDSClient,
  Engine: string,
  EngineVersion: string,
  abortSignal: AbortSignal,
): Promise<EngineVersion | undefined> {
  const command = new DescribeDBEngineVersionsCommand({ Engine, EngineVersion, IncludeAll: true });
  const { DBEngineVersions = [] } = await client.send(command, { abortSignal });
  const found = DBEngineVersions.find((version) => version.EngineVersion === EngineVersion);
  if (!found) return undefined;
  const targets = (found.ValidUpgradeTarget ?? []).map((target) => target.EngineVersion ?? "");
  return { family: found.DBParameterGroupFamily ?? "", validUpgradeTargets: targets };
}
