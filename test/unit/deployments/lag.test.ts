import { describe, expect, it } from "vitest";
import type { Database, Deployment } from "../../../src/deployments/deployment.ts";
import { type LagMetric, type LagPoint, lagMetricOf, lagOf } from "../../../src/deployments/lag.ts";
import { databasesOf, first, instance, second } from "../../support/deployments/upgrade.ts";

const NOW = Date.parse("2024-02-05T10:00:00.000Z");
const MB = 1024 ** 2;
const MINUTE = 60_000;

const SLOT: LagMetric = { name: "OldestReplicationSlotLag", side: "blue", unit: "bytes", instance: "db-instance-writer" };
const REPLICA: LagMetric = { name: "ReplicaLag", side: "green", unit: "seconds", instance: "orders-green-8n9hio" };

/** Values a minute apart, the oldest first; the newest is a minute old. */
const points = (...values: number[]): LagPoint[] => values.map((value, index) => ({ at: NOW - (values.length - index) * MINUTE, value }));

/** The writer of each cluster is its second instance. */
function withWriters(databases: Database[]): Database[] {
  return databases.map((it) => {
    if (it.kind !== "cluster") return it;
    const side = it.identifier.replace("db-cluster", "").replace("ak5mgh", "8n9hio");
    const members = ["db-instance-reader", "db-instance-writer"].map((name) => ({
      identifier: `${name}${side}`,
      writer: name.endsWith("writer"),
    }));
    return { ...it, configuration: { clusterMembers: members } };
  });
}

function viewOf(engine: string, green: string, deployment: Deployment) {
  const databases = withWriters(databasesOf(deployment, { engine }));
  return { deployment, databases: databases.map((it) => (it.arn === deployment.target ? { ...it, engineVersion: green } : it)) };
}

const ofInstances = (changes: Partial<Deployment> = {}) =>
  first({ source: instance("db-instance-writer"), target: instance("db-instance-writer-green-8n9hio"), ...changes });

describe("the metric of a deployment's lag", () => {
  // Source: Aurora and RDS User Guides, blue-green-deployments-switching, "Monitoring replica lag prior to switchover".
  it.each([
    ["aurora-postgresql", "15.5", first(), "OldestReplicationSlotLag", "blue", "bytes", "db-instance-writer"],
    ["aurora-mysql", "8.0.mysql_aurora.3.08.0", first(), "AuroraBinlogReplicaLag", "green", "seconds", "db-instance-writer-green-8n9hio"],
    ["mysql", "8.4.3", ofInstances(), "ReplicaLag", "green", "seconds", "db-instance-writer-green-8n9hio"],
    ["mariadb", "11.4.4", ofInstances(), "ReplicaLag", "green", "seconds", "db-instance-writer-green-8n9hio"],
    ["postgres", "15.5", ofInstances(), "OldestReplicationSlotLag", "blue", "bytes", "db-instance-writer"],
  ] as const)("for %s with green on %s is asked of the writer or the instance", (engine, green, deployment, name, side, unit, asked) => {
    expect(lagMetricOf(viewOf(engine, green, deployment))).toEqual({ name, side, unit, instance: asked });
  });

  it("is, of RDS for PostgreSQL that replicates physically, the time since green's last transaction", () => {
    // Source: RDS User Guide, USER_PostgreSQL.Replication.ReadReplicas.Monitor.
    const metric = { name: "ReplicaLag", side: "green", unit: "seconds", instance: "db-instance-writer-green-8n9hio" };
    expect(lagMetricOf(viewOf("postgres", "14.11", ofInstances()))).toEqual({ ...metric, sinceTransaction: true });
  });

  it("is not known before green is there, where a cluster has no writer, and for an engine that the guard does not know", () => {
    expect(lagMetricOf(viewOf("aurora-mysql", "", first({ target: undefined })))).toBeUndefined();
    expect(lagMetricOf({ deployment: first(), databases: databasesOf(first()) })).toBeUndefined();
    expect(lagMetricOf(viewOf("oracle-ee", "15.5", ofInstances()))).toBeUndefined();
  });

  it("is not known any more once names have changed hands", () => {
    expect(lagMetricOf(viewOf("aurora-postgresql", "15.5", second()))).toBeUndefined();
  });
});

describe("a lag", () => {
  it("is the newest value with its age, in whatever order CloudWatch lists the values", () => {
    const lag = lagOf(points(7 * MB, 5 * MB, 6 * MB).reverse(), SLOT, NOW);
    const latest = [6 * MB, 5 * MB, 7 * MB];
    expect(lag).toEqual({ state: "measured", metric: SLOT, value: 6 * MB, unit: "bytes", latest, ageMs: MINUTE, trend: "steady" });
  });

  it("is unknown where CloudWatch has no data", () => {
    const why = { code: "no-data", name: "OldestReplicationSlotLag", instance: "db-instance-writer" };
    expect(lagOf([], SLOT, NOW)).toEqual({ state: "unknown", metric: SLOT, why });
  });

  it("of -1 seconds means that green does not replicate, whatever came before", () => {
    // Source: RDS User Guide, USER_MariaDB.Replication.ReadReplicas.Monitor.
    expect(lagOf(points(0, 0, -1), REPLICA, NOW)).toEqual({ state: "not-replicating", metric: REPLICA, ageMs: MINUTE });
    expect(lagOf(points(0, -1, 0), REPLICA, NOW)).toMatchObject({ state: "measured", value: 0, latest: [0, 0] });
  });

  it("of -1 bytes is unknown, since AWS does not say what it means", () => {
    expect(lagOf(points(-1), SLOT, NOW)).toMatchObject({ state: "unknown", why: { code: "negative", value: -1 } });
  });

  it.each([
    ["rising", [0, 0, 0, 50, 60, 70, 80, 90, 100]],
    ["falling", [900, 800, 700, 600, 500, 400, 300]],
    // It rose, and has turned since.
    ["falling", [0, 0, 0, 500, 900, 800, 700, 600]],
    ["falling", [240, 250, 260, 270, 300, 330, 320, 300, 250]],
    // The slot of a quiet RDS instance moves a WAL segment of 64 MB at a time.
    ["steady", [1, 20, 40, 60, 2, 20, 40, 60]],
    // Less than a tenth.
    ["steady", [2000, 2010, 2020, 2030, 2040, 2100, 2150]],
    // Too few minutes to tell.
    ["steady", [0, 200, 400]],
  ] as const)("is %s where its MB are %j", (trend, values) => {
    expect(lagOf(points(...values.map((it) => it * MB)), SLOT, NOW)).toMatchObject({ trend });
  });

  it("does not look back further than 15 minutes", () => {
    const values = [900, 900, 900, ...Array.from({ length: 16 }, () => 10)];
    expect(lagOf(points(...values.map((it) => it * MB)), SLOT, NOW)).toMatchObject({ trend: "steady" });
  });

  it("says about how long until it is 0 after three falls in a row alone", () => {
    expect(lagOf(points(600, 400, 300, 200, 100), REPLICA, NOW)).toMatchObject({ aboutMsToZero: MINUTE });
    expect(lagOf(points(400, 300, 200, 200), REPLICA, NOW)).not.toHaveProperty("aboutMsToZero");
    expect(lagOf(points(300, 200, 100), REPLICA, NOW)).not.toHaveProperty("aboutMsToZero");
  });
});
