import type { Executions } from "../../clients/executions.ts";
import type { Metrics } from "../../clients/metrics.ts";
import type { RdsDescribe } from "../../clients/rds/describe/describe.ts";
import type { Rds } from "../../clients/rds/rds.ts";
import type { Item, Records } from "../../clients/records.ts";
import type { SlackPeople } from "../../clients/slack/people.ts";
import type { Time } from "../../clients/time.ts";
import type { Deployment } from "../../deployments/deployment.ts";
import { NOTHING_TO_TELL } from "../../facts/record.ts";
import * as words from "../../messages/language.ts";
import { inTerminal } from "../../messages/terminal/form.ts";
import type { Answer } from "../../plans/answer.ts";
import { type Ask, Unsure } from "./asking.ts";
import { selfTestKey } from "./mark.ts";

const HOUR_MS = 3_600_000;
/** How long the item of a self-test is kept. */
const KEPT_MS = HOUR_MS;

/** How long the index of open items has to show a new item. */
const SHOWN_WITHIN_MS = 5_000;
const LOOK_MS = 100;
/** What a self-test says of the index, which doctor repeats. */
export const INDEX = "dynamodb:Query of the index of open items";

/** Writes, reads and lists in the table: one item, which expires, and is in the index of open items only meanwhile. */
export function recordsAsks(records: Records, id: string, functionName: string, time: Time): Ask[] {
  const key = selfTestKey(id, functionName);
  const item = { key, version: 0, expiresAt: Math.floor((time.now() + KEPT_MS) / 1_000) };
  // Behind everything that is told: nobody takes it for work.
  const open = { rank: NOTHING_TO_TELL };
  let writtenAt = time.now();
  return [
    {
      what: "dynamodb:PutItem of a new item",
      async ask() {
        const isNew = await records.write(item, open);
        writtenAt = time.now();
        return sure(isNew, "written", "It was there already.");
      },
    },
    { what: INDEX, ask: () => shownIn(records, key, writtenAt, time) },
    {
      what: "dynamodb:PutItem of the same new item",
      ask: async () =>
        sure(!(await records.write(item)), "refused by its condition, as it must be", "It was written over: conditions do not hold."),
    },
    {
      what: "dynamodb:GetItem",
      ask: async () => sure((await records.read<Item>(key))?.version === 1, "read as written", "What was written is not there."),
    },
    {
      what: "dynamodb:PutItem that takes the item out of the index",
      ask: async () => sure(await records.write({ ...item, version: 1 }), "written", "Somebody else has changed it."),
    },
  ];
}

/** Says after how long the index shows the item. @throws Unsure if it does not within a while */
async function shownIn(records: Pick<Records, "open">, key: string, writtenAt: number, time: Time): Promise<string> {
  while (!(await records.open()).some((it) => it.key === key)) {
    if (time.now() - writtenAt >= SHOWN_WITHIN_MS)
      throw new Unsure(`The index does not show a new item within ${SHOWN_WITHIN_MS / 1_000} s.`);
    await time.until(time.now() + LOOK_MS);
  }
  return `the index shows a new item after ${time.now() - writtenAt} ms`;
}

/** Lists the deployments with their databases, and looks for a database that does not exist. */
export function rdsAsks(rds: Pick<Rds, "deployments" | "databases">, own: string): Ask[] {
  return [
    {
      what: "rds:DescribeBlueGreenDeployments, DescribeDBClusters and DescribeDBInstances",
      async ask() {
        const deployments = await rds.deployments();
        const databases = await rds.databases(deployments);
        return `${words.counted(deployments.length, "deployment")} with ${words.counted(databases.length, "database")}`;
      },
    },
    {
      what: "the same, filtered by ARNs that do not exist",
      async ask() {
        const found = await rds.databases([nowhere(own)]);
        return sure(found.length === 0, "none, and no fault", `RDS found ${found.length}.`);
      },
    },
  ];
}

/** A deployment of databases that do not exist, in the account and Region of the function with this ARN. */
function nowhere(own: string): Deployment {
  const [, partition = "aws", , region = "", account = ""] = own.split(":");
  const arn = (kind: string) => `arn:${partition}:rds:${region}:${account}:${kind}:bluegreen-guard-selftest`;
  const pair = { source: arn("cluster"), target: arn("db") };
  return { id: "bgd-selftest", name: "selftest", status: "", ...pair, members: [pair], tasks: [], tags: {} };
}

/** Lists the events of the last three hours. */
export const eventsAsks = ({ events }: Pick<Rds, "events">, now: () => number): Ask[] => [
  { what: "rds:DescribeEvents of three hours", ask: async () => words.counted((await events(now() - 3 * HOUR_MS, now())).length, "event") },
];

/** Asks what a plan asks: a version of an engine, and what the role that creates may do. */
export const planAsks = (rds: Pick<RdsDescribe, "engineVersion" | "preflight">, principal: string | undefined, own: string): Ask[] => [
  { what: "rds:DescribeDBEngineVersions", ask: async () => answered(await rds.engineVersion("aurora-postgresql", "16.4")) },
  {
    what: "iam:SimulatePrincipalPolicy on the role that creates",
    async ask() {
      const question = {
        engine: "aurora-postgresql",
        blueVersion: "16.4",
        targetVersion: "16.4",
        groups: [],
        permissions: [creation(own)],
      };
      const { permissions } = await rds.preflight(question, principal);
      return answered(permissions);
    },
  },
];

function creation(own: string) {
  const [, partition = "aws", , region = "", account = ""] = own.split(":");
  return { action: "rds:CreateBlueGreenDeployment", resource: `arn:${partition}:rds:${region}:${account}:deployment:bgd-selftest` };
}

function answered(answer: Answer<unknown>): string {
  if (!answer.known) throw new Error(words.unanswered(answer.why, inTerminal));
  return "answered";
}

/** Asks for a metric of an instance that does not exist. */
export const metricsAsks = ({ lag }: Pick<Metrics, "lag">, now: () => number): Ask[] => [
  {
    what: "cloudwatch:GetMetricData",
    async ask() {
      const [found] = await lag([{ name: "ReplicaLag", side: "green", unit: "seconds", instance: "bluegreen-guard-selftest" }], now());
      // Of an instance that does not exist there is no data, which is an answer.
      const why = found?.state === "unknown" ? found.why : undefined;
      if (why?.code === "timed-out" || why?.code === "refused") throw new Error(words.unanswered(why, inTerminal));
      return "answered";
    },
  },
];

/** Asks Lambda about executions of operations. */
export const executionAsks = ({ read }: Pick<Executions, "read">, arns: readonly string[]): Ask[] =>
  arns.map((arn) => ({
    what: "lambda:GetDurableExecution",
    async ask() {
      const found = await read(arn);
      if (!found) throw new Error(`Lambda knows no execution ${arn}.`);
      return sure(found.input !== undefined, `${found.status}, with its input`, `It is ${found.status}, and its input is missing.`);
    },
  }));

/** Reads the Slack secret; what it holds stays in the function. */
export const secretAsks = (read: () => Promise<unknown>): Ask[] => [
  { what: "secretsmanager:GetSecretValue of the Slack secret", ask: async () => read().then(() => "it holds what this function needs") },
];

/** Asks Slack who the bot is, and who is in the groups of operators. */
export const peopleAsks = (people: SlackPeople, operators: readonly string[]): Ask[] => [
  {
    what: "Slack's auth.test",
    ask: async () => sure((await people.installation()).workspace !== "", "the token is taken", "Slack names no workspace."),
  },
  ...operators
    .filter((it) => it.startsWith("S"))
    .map((group) => ({
      what: `Slack's usergroups.users.list of ${group}`,
      ask: async () => `${(await people.members(group)).length} members`,
    })),
];

function sure(isSo: boolean, words: string, otherwise: string): string {
  if (!isSo) throw new Error(otherwise);
  return words;
}
