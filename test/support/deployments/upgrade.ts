import type { Database, Deployment, Member } from "../../../src/deployments/deployment.ts";
import { deploymentOf, sideOf } from "../../../src/deployments/membership.ts";
import { fromEventBridge } from "../../../src/events/eventbridge.ts";
import { deliveryKey, type RdsEvent } from "../../../src/events/rds-event.ts";
import { type Fact, type Report, withReport } from "../../../src/facts/facts.ts";
import type { Memory } from "../../../src/facts/memory.ts";
import { madeOf, type Post } from "../../../src/facts/posts.ts";
import { type DeploymentRecord, newRecord } from "../../../src/facts/record.ts";
import { rules } from "../../../src/rules/index.ts";
import { signalOf } from "../../../src/rules/signal.ts";
import { articleEvents, envelopeOf } from "../recorded.ts";

const ARN = "arn:aws:rds:ap-northeast-1:123456789012";
export const cluster = (name: string): string => `${ARN}:cluster:${name}`;
export const instance = (name: string): string => `${ARN}:db:${name}`;

/** The first deployment of the real upgrade, ready and in peace, with fields changed. */
export function first(changes: Partial<Deployment> = {}): Deployment {
  return {
    id: "bgd-hy5ntvomddiv89r8",
    name: "blue-green",
    status: "AVAILABLE",
    source: cluster("db-cluster"),
    target: cluster("db-cluster-green-ak5mgh"),
    members: [
      available(cluster("db-cluster"), cluster("db-cluster-green-ak5mgh")),
      available(instance("db-instance-writer"), instance("db-instance-writer-green-8n9hio")),
    ],
    tasks: ["CREATING_READ_REPLICA_OF_SOURCE", "DB_ENGINE_VERSION_UPGRADE"].map((name) => ({ name, status: "COMPLETED" })),
    createTime: "2024-02-05T06:08:00.000Z",
    tags: {},
    ...changes,
  };
}

/** The second deployment of the real upgrade after its switchover, with fields changed. */
export function second(changes: Partial<Deployment> = {}): Deployment {
  const pairs = [
    { source: cluster("db-cluster-old1"), target: cluster("db-cluster") },
    { source: instance("db-instance-writer-old1"), target: instance("db-instance-writer") },
  ];
  return first({
    id: "bgd-cavqrityavom8edj",
    status: "SWITCHOVER_COMPLETED",
    source: cluster("db-cluster-old1"),
    target: cluster("db-cluster"),
    members: pairs.map((pair) => ({ ...pair, status: "SWITCHOVER_COMPLETED" })),
    createTime: "2024-02-05T08:12:00.000Z",
    ...changes,
  });
}

function available(source: string, target: string): Member {
  return { source, target, status: "AVAILABLE" };
}

/** What the guard remembers of a deployment that it first saw before its switchover: which names blue bore. */
export function rememberedOf({ members }: Deployment): Memory {
  const named = members.map(({ source = "", target }) => (target && /-old\d+$/.test(source) ? target : source).split(":").slice(5));
  return { origin: { members: named.map(([kind = "", name = ""]) => ({ kind, name })) } };
}

/** The databases of a deployment, blue on 14.10 and green on 15.5, each with a parameter group of its version. */
export function databasesOf(deployment: Deployment, changes: Partial<Database> = {}): Database[] {
  return deployment.members.flatMap(({ source, target }) => [database(source, "14.10", changes), database(target, "15.5", changes)].flat());
}

function database(arn: string | undefined, engineVersion: string, changes: Partial<Database>): Database[] {
  if (arn === undefined) return [];
  const [kind = "", identifier = ""] = arn.split(":").slice(5);
  const group = `${kind === "cluster" ? "cluster" : "instance"}-${engineVersion.split(".")[0]}`;
  return [
    {
      kind: kind === "cluster" ? "cluster" : "instance",
      arn,
      identifier,
      engine: "aurora-postgresql",
      engineVersion,
      status: "available",
      parameterGroups: [{ name: group }],
      ...changes,
    },
  ];
}

/** An RDS event with all that a rule needs, with fields changed. */
export function event(changes: Partial<RdsEvent> = {}): RdsEvent {
  const from: RdsEvent = {
    sourceType: "db-cluster",
    sourceIdentifier: "db-cluster",
    date: "2024-02-05T11:41:00.000Z",
    message: "Cluster topology is updated.",
    categories: [],
    tags: {},
  };
  return { ...from, ...changes };
}

/** The events of the real upgrade whose text contains `words`, in the guard's normal form. */
export function told(words: string): RdsEvent[] {
  return articleEvents.filter(({ message }) => message.includes(words)).map((it) => fromEventBridge(envelopeOf(it)));
}

/** One event's report to the deployment, as the watch handler makes it. */
export function reportOf(from: RdsEvent, deployment?: Deployment): Report {
  const signal = signalOf(from);
  if (!signal) throw new Error(`No rule reads "${from.message}".`);
  return {
    delivery: deliveryKey(from),
    source: "event",
    signal: signal.rule.id,
    at: from.date,
    sourceIdentifier: from.sourceIdentifier,
    side: deployment && sideOf(from, deployment),
    message: from.message,
    reading: signal.reading,
  };
}

/** The facts that come of reports, one after the other. */
export function factsOf(reports: readonly Report[], facts: readonly Fact[] = []): readonly Fact[] {
  return reports.reduce((so, report) => {
    const rule = rules.find(({ id }) => id === report.signal);
    if (!rule) throw new Error(`No rule is called "${report.signal}".`);
    return withReport(so, rule, report);
  }, facts);
}

/** The one of `deployments` that an event joins, by its id. */
export function joined(from: RdsEvent, ...deployments: Deployment[]): string | undefined {
  return deploymentOf(from, signalOf(from)?.reading ?? {}, deployments)?.id;
}

/** The facts in a record, all of them told as they are. */
export function allTold(facts: readonly Fact[], seen?: DeploymentRecord["seen"]): DeploymentRecord {
  const record = { ...newRecord("deployment#bgd-1"), facts, seen };
  const posts = facts
    .filter(({ toldBy }) => toldBy === undefined)
    .map((fact, index): Post => ({ of: [fact.id], in: "C0BLUEGREEN", ts: `${index + 1}.1`, made: madeOf(record, [fact]) }));
  return { ...record, posts };
}
