import type { Exchange } from "../../../recording.ts";
import { ownOnly, slackIdsIn } from "./own-only.ts";
import { createStandIns } from "./stand-ins.ts";

/** What nobody but the account's owner should read, by its form, and what stands in its place. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "oncall@example.com"],
  [/\bxox[a-z]-[\w-]+/g, "xoxb-removed"],
  [/\bA(?:KIA|SIA|IDA|ROA|NPA|GPA)[A-Z0-9]{8,}\b/g, "AIDAEXAMPLE"],
  [/\b(?:\d{1,3}\.){3}\d{1,3}\b(?!\.)/g, "192.0.2.1"],
  [/\b(vpc|subnet|sg|eni|vpce|rtb)-[0-9a-f]{8,17}\b/g, "$1-0example"],
  [/(:key\/)(?:mrk-)?[0-9a-f-]{32,36}/g, "$1example"],
  [/(:user\/|:role\/|:assumed-role\/)[\w+=,.@/-]+/g, "$1example"],
  [/(:secret:)[\w/+=.@-]+/g, "$1bluegreen-guard/slack-aB3dE6"],
  [/https:\/\/[a-z0-9]+\.lambda-url\.([a-z0-9-]+)\.on\.aws/g, "https://example.lambda-url.$1.on.aws"],
  [/[a-z0-9]{10,}\.([a-z]{2}(?:-[a-z]+)+-\d)\.rds\.amazonaws\.com/g, "example.$1.rds.amazonaws.com"],
];

/** The exchanges without secrets, account id, and names of people, workspaces, databases and of what is not the guard's. */
export function redacted(exchanges: readonly Exchange[], account: string): Exchange[] {
  const own = exchanges.filter(({ service }) => service !== "sts" && service !== "secretsmanager").map(ownOnly);
  const names = [...namesIn(own), ...exchanges.flatMap(slackIdsIn).map((id): [string, string] => [id, `${id.slice(0, 1)}0123456789`])];
  const { inText, inForm } = createStandIns();
  const plain = (text: string, from: Exchange): string => {
    let left = text.replaceAll(account, "123456789012").replaceAll(/\b\d{12}\b/g, "123456789012");
    left = inText(left, from);
    // RDS makes names of names, such as those of snapshots: only the guard's own are none of a database's.
    for (const [name, standIn] of names)
      left = left.replaceAll(new RegExp(`(?<![a-z0-9])(?<!bluegreen-)${name.replaceAll(".", "\\.")}(?![a-z0-9])`, "gi"), standIn);
    for (const [form, standIn] of FORMS) left = left.replaceAll(form, standIn);
    return left;
  };
  return own.map((it) => ({
    ...it,
    operation: plain(it.operation, it),
    request: /(^|&)Action=/.test(it.request)
      ? formWith((name, value) => plain(inForm(name, value), it), it.request)
      : plain(it.request, it),
    headers: Object.fromEntries(Object.entries(it.headers).map(([name, value]) => [name, plain(value, it)])),
    body: plain(it.body, it),
  }));
}

/** The form with changed values: encoded, an ARN's parts have no boundary at which a name or an account could be told. */
function formWith(change: (name: string, value: string) => string, form: string): string {
  return [...new URLSearchParams(form)].map(([name, value]) => `${name}=${encoded(change(name, value))}`).join("&");
}

/** As the SDK encodes the values of a form, so that the lab finds the request again. */
const encoded = (value: string): string =>
  encodeURIComponent(value).replaceAll(/[!'()*]/g, (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`);

const NAME_TAGS =
  /<(DBInstanceIdentifier|DBClusterIdentifier|BlueGreenDeploymentName|SourceIdentifier|DBClusterEndpointIdentifier|DBName|DatabaseName|MasterUsername|DBParameterGroupName|DBClusterParameterGroup|DBClusterParameterGroupName|DBSubnetGroup|DBSubnetGroupName|OptionGroupName|DBSnapshotIdentifier|DBClusterSnapshotIdentifier)>\s*([^<\s]+)\s*</g;
const NAME_ARNS =
  /:rds:[a-z0-9-]*:\d*:(?:cluster|db|cluster-endpoint|cluster-pg|pg|og|subgrp|global-cluster|snapshot|cluster-snapshot):([\w.-]+)/g;

/** The names of databases and of what belongs to them, longest first, and what stands in for each; green's own ending stays. */
function namesIn(exchanges: readonly Exchange[]): [string, string][] {
  const bodies = exchanges.filter(({ service }) => service === "rds" || service === "iam").map(({ body }) => body);
  const found = bodies.flatMap((body) => [
    ...[...body.matchAll(NAME_TAGS)].map(([, , name = ""]) => name),
    ...[...body.matchAll(NAME_ARNS)].map(([, name = ""]) => name),
  ]);
  const bases = [...new Set(found.map(baseOf))].filter((name) => name.length > 1 && !/^default[.:]/.test(name));
  const standIns = bases.map((name, index): [string, string] => [name, `database-${index + 1}`]);
  const stacks = new Set(exchanges.filter(({ service }) => service === "cloudformation").flatMap(({ request }) => stackIn(request)));
  return [...standIns, ...[...stacks].map((name): [string, string] => [name, "BlueGreenGuard"])].sort(([a], [b]) => b.length - a.length);
}

const stackIn = (form: string): string[] => new URLSearchParams(form).getAll("StackName");

const baseOf = (name: string): string => name.replace(/(-green-[a-z0-9]{6}|-old\d+)$/, "");
