import { IAMClient, ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import { paginateDescribeDBClusters, paginateDescribeDBInstances, RDSClient } from "@aws-sdk/client-rds";
import { awsClient } from "../../../src/clients/aws.ts";
import { isBusThere } from "../../../src/clients/bus.ts";
import { identityOf } from "../../../src/clients/identity.ts";
import { type Given, problemOf } from "../../../src/settings/given.ts";
import { TERMINAL } from "../../../src/settings/places.ts";
import { lackingIn } from "../../../src/settings/regions.ts";
import { awsHere, RegionError, regionHere } from "../aws-here.ts";

/** What `init` sees in the account, and what it could not see. */
export interface Seen {
  /** What a person should read, a line each. */
  lines: string[];
  /** ARNs of the roles that databases use for Enhanced Monitoring. */
  monitoringRoles: string[];
  /** The account's alias, if it has one that the setting takes. */
  alias?: string;
}

/** The region of AWS's own environment; undefined if that names none. @throws RegionError if what it names is none */
export async function regionOrNone(): Promise<string | undefined> {
  return regionHere().catch((error: unknown) => {
    if (error instanceof RegionError && error.given === undefined) return undefined;
    throw error;
  });
}

/** Looks at the account of AWS's own environment, without changing anything; what is not there, and what cannot be seen, is said. */
export async function lookAtAccount(region: string | undefined, given: Given): Promise<Seen> {
  if (region === undefined) return { lines: [notSeen("the account", "AWS_REGION names no region")], monitoringRoles: [] };
  const identity = await identityOf().catch((error: Error) => error);
  if (identity instanceof Error)
    return { lines: [notSeen("the account", identity.message), ...regionLines(region, given)], monitoringRoles: [] };
  const [bus, roles, alias] = await Promise.all([
    isBusThere(TERMINAL.bus.default, awsHere()).catch((error: Error) => error),
    rolesOfDatabases().catch((error: Error) => error),
    // A name is a courtesy: who may not read it goes without.
    aliasOfAccount().catch(() => undefined),
  ]);
  return {
    lines: [`Account ${identity.account}, ${region}.`, busLine(bus), ...regionLines(region, given), ...roleLines(roles)],
    monitoringRoles: roles instanceof Error ? [] : roles.roles,
    alias,
  };
}

async function aliasOfAccount(): Promise<string | undefined> {
  const client = awsClient(IAMClient, {});
  try {
    const { AccountAliases: [alias] = [] } = await client.send(new ListAccountAliasesCommand({}));
    return alias !== undefined && problemOf("accountName", alias) === undefined ? alias : undefined;
  } finally {
    client.destroy();
  }
}

const notSeen = (what: string, why: string): string => `Not looked at: ${what} (${why}).`;

function regionLines(region: string, given: Given): string[] {
  const { refusal, warnings } = lackingIn(region, given);
  const lines = [...(refusal === undefined ? [] : [refusal]), ...warnings.map(({ says }) => says)];
  return lines.length > 0 ? lines : [`${region} lacks nothing that these settings need, by the guard's list of regions.`];
}

function busLine(bus: boolean | Error): string {
  const name = TERMINAL.bus.default;
  if (bus instanceof Error) return notSeen(`whether the event bus ${name} is there`, bus.message);
  if (!bus) return `No guard is deployed here: there is no event bus ${name}.`;
  return `The event bus ${name} is there: a guard is deployed here, and an account and region have one. Deploy it from where it was.`;
}

/** What is to be said of the roles apart from their names, which the settings list. */
function roleLines(found: Found | Error): string[] {
  if (found instanceof Error) return [notSeen("the databases' roles for Enhanced Monitoring", found.message)];
  if (found.databases === 0) return ["RDS lists no database here, so there is no role for Enhanced Monitoring to list."];
  if (found.roles.length === 0) return ["No database here has a role for Enhanced Monitoring."];
  if (monitoringSetting(found.roles) !== undefined) return [];
  return ["Databases use no role for Enhanced Monitoring but the console's, rds-monitoring-role: nothing is to be listed."];
}

/** The databases of an account and region, clusters included, and their roles for Enhanced Monitoring. */
interface Found {
  databases: number;
  /** In the order of their ARNs, each once; without those that a policy cannot name. */
  roles: string[];
}

async function rolesOfDatabases(): Promise<Found> {
  const client = awsClient(RDSClient, {});
  try {
    const all: (string | undefined)[] = [];
    for await (const { DBInstances = [] } of paginateDescribeDBInstances({ client }, {}))
      all.push(...DBInstances.map((it) => it.MonitoringRoleArn));
    for await (const { DBClusters = [] } of paginateDescribeDBClusters({ client }, {}))
      all.push(...DBClusters.map((it) => it.MonitoringRoleArn));
    const roles = new Set(all.filter((arn) => arn !== undefined && problemOf("monitoringRoleArns", [arn]) === undefined));
    return { databases: all.length, roles: [...roles].filter((arn) => arn !== undefined).sort() };
  } finally {
    client.destroy();
  }
}

const FROM_CONSOLE = /:role\/rds-monitoring-role$/;

/** The setting that lets the guard pass on the roles; undefined where its default does. */
export const monitoringSetting = (roles: readonly string[]): string[] | undefined =>
  roles.every((arn) => FROM_CONSOLE.test(arn)) ? undefined : [...roles];
