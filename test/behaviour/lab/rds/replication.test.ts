import {
  CreateBlueGreenDeploymentCommand,
  type DBInstance,
  DeleteBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBInstancesCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { ARTICLE_CREATE, addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

// The statuses are those of the RDS User Guide, "Monitoring read replication".
const REPLICATING = [{ StatusType: "read replication", Normal: true, Status: "replicating" }];
const broken = (Status: string, Message?: string) => [
  { StatusType: "read replication", Normal: false, Status, ...(Message ? { Message } : {}) },
];

/** A lab with a deployment of an RDS instance and its read replica, which is ready; answers its id. */
async function ready(lab: TestLab, engine: "mysql" | "postgres", from: string, to: string): Promise<string> {
  const shop = { identifier: "shop", engine, engineVersion: from, class: "db.t3.micro", parameterGroup: "p" };
  lab.rds.addInstance(shop);
  lab.rds.addInstance({ ...shop, identifier: "shop-replica", replicaOf: "shop" });
  lab.rds.nextCreation = { ids: { suffixes: { shop: "a1b2c3", "shop-replica": "d4e5f6" } } };
  const Source = "arn:aws:rds:ap-northeast-1:123456789012:db:shop";
  const { BlueGreenDeployment } = await lab.client.send(
    new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: "upgrade", Source, TargetEngineVersion: to }),
  );
  await lab.minutes(21);
  return BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

async function instancesOf({ client }: TestLab): Promise<Record<string, DBInstance>> {
  const { DBInstances = [] } = await client.send(new DescribeDBInstancesCommand());
  return Object.fromEntries(DBInstances.map((it) => [it.DBInstanceIdentifier, it]));
}

const infosOf = async (lab: TestLab, name: string) => (await instancesOf(lab))[name]?.StatusInfos;

test("green of an RDS instance is a read replica of blue that replicates, until the switchover", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const id = await ready(lab, "mysql", "8.0.39", "8.4.3");
    const before = await instancesOf(lab);
    expect(Object.values(before).map((it) => [it.DBInstanceIdentifier, it.ReadReplicaSourceDBInstanceIdentifier, it.StatusInfos])).toEqual([
      ["shop", undefined, undefined],
      ["shop-green-a1b2c3", "shop", REPLICATING],
      ["shop-replica", "shop", REPLICATING],
      ["shop-replica-green-d4e5f6", "shop-green-a1b2c3", REPLICATING],
    ]);
    expect(before["shop"]?.ReadReplicaDBInstanceIdentifiers).toEqual(["shop-replica", "shop-green-a1b2c3"]);
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
    await lab.minutes(5);
    const after = await instancesOf(lab);
    expect(after["shop"]).not.toHaveProperty("StatusInfos");
    expect(after["shop"]).not.toHaveProperty("ReadReplicaSourceDBInstanceIdentifier");
    expect(after["shop-old1"]?.ReadReplicaDBInstanceIdentifiers).toEqual(["shop-replica-old1"]);
  });
});

test.each([
  [undefined, broken("stopped"), "Replication has stopped."],
  [
    { status: "error", message: "SQLError: 1050, reason: Table 'orders' already exists" } as const,
    broken("error", "SQLError: 1050, reason: Table 'orders' already exists"),
    "Read Replica Replication Error - SQLError: 1050, reason: Table 'orders' already exists",
  ],
  [{ status: "terminated" } as const, broken("terminated"), "Replication streaming has been terminated."],
])("replication that ends as %j is shown and told, until it resumes", async (how, shown, told) => {
  const lab = await startLab();
  await lab.story(async () => {
    const id = await ready(lab, "mysql", "8.0.39", "8.4.3");
    lab.rds.stopReplication(id, how);
    expect(await infosOf(lab, "shop-green-a1b2c3")).toEqual(shown);
    expect(lab.rds.history.at(-1)).toMatchObject({ sourceIdentifier: "shop-green-a1b2c3", message: told });
    lab.rds.resumeReplication(id);
    expect(await infosOf(lab, "shop-green-a1b2c3")).toEqual(REPLICATING);
  });
});

test("DDL on blue of RDS for PostgreSQL shows as replication degraded, also where no event tells of it", async () => {
  for (const noticed of ["told", "shown"] as const) {
    const lab = await startLab();
    await lab.story(async () => {
      const id = await ready(lab, "postgres", "15.4", "16.1");
      const before = lab.rds.history.length;
      expect(lab.rds.runDdl("shop", "ALTER TABLE orders ADD COLUMN note text", noticed)).toEqual([id]);
      await lab.minutes(1);
      expect(await infosOf(lab, "shop-green-a1b2c3")).toEqual(broken("replication degraded"));
      expect(lab.rds.history.length - before).toBe(noticed === "told" ? 2 : 0);
    });
  }
});

// RDS User Guide, blue-green-deployments-deleting.
test("green that is left behind goes on replicating with MySQL, and is promoted with PostgreSQL", async () => {
  const kept = { mysql: ["8.0.39", "8.4.3", "shop", false], postgres: ["15.4", "16.1", undefined, true] } as const;
  for (const engine of ["mysql", "postgres"] as const) {
    const [from, to, source, writes] = kept[engine];
    const lab = await startLab();
    await lab.story(async () => {
      const BlueGreenDeploymentIdentifier = await ready(lab, engine, from, to);
      await lab.client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
      await lab.minutes(5);
      expect((await instancesOf(lab))["shop-green-a1b2c3"]?.ReadReplicaSourceDBInstanceIdentifier).toBe(source);
    });
    expect(lab.rds.acceptsWrites("shop-green-a1b2c3")).toBe(writes);
  }
});

test("DDL that RDS has not noticed shows nowhere before the switchover that it stops", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const BlueGreenDeploymentIdentifier = await ready(lab, "postgres", "15.4", "16.1");
    lab.rds.runDdl("shop", "ALTER TABLE orders ADD COLUMN note text", "unseen");
    expect(await infosOf(lab, "shop-green-a1b2c3")).toEqual(REPLICATING);
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
    await lab.minutes(5);
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0]?.Status).toBe("AVAILABLE");
    expect(await infosOf(lab, "shop-green-a1b2c3")).toEqual(broken("replication degraded"));
  });
});

test("of an Aurora cluster's instances no field says how replication stands", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds, { readers: ["reader"] });
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(40);
    lab.rds.runDdl("db-cluster", "ALTER TABLE orders ADD COLUMN note text");
    expect(Object.values(await instancesOf(lab)).filter(({ StatusInfos }) => StatusInfos !== undefined)).toEqual([]);
  });
});

test("what an instance shows of its replication can be set for it alone", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    await ready(lab, "mysql", "8.0.39", "8.4.3");
    lab.rds.change("shop-replica-green-d4e5f6", { shows: { StatusInfos: broken("stopped") } });
    expect(await infosOf(lab, "shop-replica-green-d4e5f6")).toEqual(broken("stopped"));
    expect(await infosOf(lab, "shop-green-a1b2c3")).toEqual(REPLICATING);
  });
});
