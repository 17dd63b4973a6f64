import { paginateDescribeDBClusters, paginateDescribeDBInstances, RDSClient } from "@aws-sdk/client-rds";
import { awsClient } from "../../../src/clients/aws.ts";
import { isBusThere } from "../../../src/clients/bus.ts";
import { identityOf } from "../../../src/clients/identity.ts";
import { type Given, problemOf } from "../../../src/settings/given.ts";
import { TERMINAL } from "../../../src/settings/places.ts";
import { lackingIn } from "../../../src/settings/regions.ts";
import { awsHere } from "../aws-here.ts";

/** What `init` sees in the account, and what it could not see. */
export interface Seen {
  /** What a person should read, a line each. */
  lines: string[];
  /** ARNs of the roles that databases use for Enhanced Monitoring. */
  monitoringRoles: string[];
}

/** Looks at the account and region of AWS's own environment, without changing anything; what cannot be seen is said. */
export async function lookAtAccount(given: Given): Promise<Seen> {
  const aws = awsHere();
  const region = await Promise.resolve(typeof aws.region === "function" ? aws.region() : aws.region).catch(() => undefined);
  if (region === undefined) return { lines: [notSeen("the account", "AWS_REGION names no region")], monitoringRoles: [] };
  const identity = await identityOf().catch((error: Error) => error);
  if (identity instanceof Error)
    return { lines: [notSeen("the account", identity.message), ...regionLines(region, given)], monitoringRoles: [] };
  const [bus, roles] = await Promise.all([
    isBusThere(TERMINAL.bus.default, aws).catch((error: Error) => error),
    rolesOfDatabases().catch((error: Error) => error),
  ]);
  return {
    lines: [
      `Account ${identity.account}, ${region}.`,
      ...busLines(bus),
      ...regionLines(region, given),
      ...(roles instanceof Error ? [notSeen("the databases' roles for Enhanced Monitoring", roles.message)] : []),
    ],
    monitoringRoles: roles instanceof Error ? [] : roles,
  };
}

const notSeen = (what: string, why: string): string => `Not looked at: ${what} (${why}).`;

function regionLines(region: string, given: Given): string[] {
  const { refusal, warnings } = lackingIn(region, given);
  return [...(refusal === undefined ? [] : [refusal]), ...warnings.map(({ says }) => says)];
}

function busLines(bus: boolean | Error): string[] {
  const name = TERMINAL.bus.default;
  if (bus instanceof Error) return [notSeen(`whether the event bus ${name} is there`, bus.message)];
  if (!bus) return [];
  return [`The event bus ${name} is there: a guard is deployed here, and an account and region have one. Deploy it from where it was.`];
}

/** Roles in the order of their ARNs, each once; those that a policy cannot name are left out. */
async function rolesOfDatabases(): Promise<string[]> {
  const client = awsClient(RDSClient, {});
  try {
    const found = new Set<string>();
    for await (const { DBInstances = [] } of paginateDescribeDBInstances({ client }, {})) {
      for (const { MonitoringRoleArn: arn } of DBInstances) if (arn) found.add(arn);
    }
    for await (const { DBClusters = [] } of paginateDescribeDBClusters({ client }, {})) {
      for (const { MonitoringRoleArn: arn } of DBClusters) if (arn) found.add(arn);
    }
    return [...found].filter((arn) => problemOf("monitoringRoleArns", [arn]) === undefined).sort();
  } finally {
    client.destroy();
  }
}

const FROM_CONSOLE = /:role\/rds-monitoring-role$/;

/** The setting that lets the guard pass on the roles; undefined where its default does. */
export const monitoringSetting = (roles: readonly string[]): string[] | undefined =>
  roles.every((arn) => FROM_CONSOLE.test(arn)) ? undefined : [...roles];
