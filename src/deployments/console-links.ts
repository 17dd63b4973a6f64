import { rdsName } from "./arn.ts";
import type { LagMetric } from "./lag.ts";

// Forms of these addresses are not documented. They are those of links in public runbooks and tools of 2024 to 2026, and of the console's
// own address bar; the AWS service documents only the consoles' hosts. Source: AWS General Reference and the China and GovCloud guides.

/** The form of RDS's identifiers. Source: RDS API, CreateDBInstance, DBInstanceIdentifier. */
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9-]{0,62}$/;

/** The address of a database's page in the RDS console, from its ARN; `tab` opens its logs and events. */
export function databaseUrl(arn: string, tab?: "logs-and-events"): string | undefined {
  const { kind, name } = rdsName(arn);
  if ((kind !== "cluster" && kind !== "db") || !IDENTIFIER.test(name)) return undefined;
  const fragment = `database:id=${name};is-cluster=${kind === "cluster"}${tab ? `;tab=${tab}` : ""}`;
  return rdsUrl(arn, fragment);
}

/** The list of databases in the RDS console, where blue/green deployments stand, of the Region of `arn`. */
export const databasesUrl = (arn: string): string | undefined => rdsUrl(arn, "databases:");

/** The events of the Region of `arn` in the RDS console. */
export const eventsUrl = (arn: string): string | undefined => rdsUrl(arn, "event-list:");

/** The graph of a lag's metric over three hours in the CloudWatch console of the Region of `arn`. */
export function lagUrl(arn: string, { name, instance }: Pick<LagMetric, "name" | "instance">): string | undefined {
  const base = consoleOf(arn);
  if (!base || !IDENTIFIER.test(instance)) return undefined;
  const metric = ["AWS/RDS", name, "DBInstanceIdentifier", instance].map((it) => `~'${starred(it)}`).join("");
  const graph = `~(view~'timeSeries~metrics~(~(${metric}))~region~'${base.region}~stat~'Maximum~period~60~start~'-PT3H~end~'P0D)`;
  return `${base.url}/cloudwatch/home?region=${base.region}#metricsV2:graph=${graph}`;
}

/** A log group in the CloudWatch console of the Region of `arn`. */
export function logGroupUrl(arn: string, group: string): string | undefined {
  const base = consoleOf(arn);
  const name = encodeURIComponent(encodeURIComponent(group)).replaceAll("%", "$");
  return base && `${base.url}/cloudwatch/home?region=${base.region}#logsV2:log-groups/log-group/${name}`;
}

function rdsUrl(arn: string, fragment: string): string | undefined {
  const base = consoleOf(arn);
  return base && `${base.url}/rds/home?region=${base.region}#${fragment}`;
}

const HOSTS: Readonly<Record<string, string>> = {
  aws: "console.aws.amazon.com",
  "aws-cn": "console.amazonaws.cn",
  "aws-us-gov": "console.amazonaws-us-gov.com",
};

function consoleOf(arn: string): { url: string; region: string } | undefined {
  const [, partition = "", , region = ""] = arn.split(":");
  const host = HOSTS[partition];
  return host && /^[a-z0-9-]+$/.test(region) ? { url: `https://${region}.${host}`, region } : undefined;
}

/** As the CloudWatch console writes text in its addresses: an asterisk and two hexadecimal digits for what is neither letter nor digit. */
const starred = (text: string): string => text.replace(/[^A-Za-z0-9_.-]/g, (it) => `*${it.charCodeAt(0).toString(16).padStart(2, "0")}`);
