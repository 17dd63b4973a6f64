import {
  CreateBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBInstancesCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { startLab, type TestLab } from "../../../support/lab/rds.ts";

const ARN = "arn:aws:rds:ap-northeast-1:123456789012:";

/** Creates, waits and switches over; answers with the ids of the switchover's events, in order. */
async function upgrade(lab: TestLab, Source: string, TargetEngineVersion: string): Promise<(string | undefined)[]> {
  let before = 0;
  await lab.story(async () => {
    const { BlueGreenDeployment } = await lab.client.send(
      new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: "upgrade", Source, TargetEngineVersion }),
    );
    await lab.minutes(21);
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0]?.Status).toBe("AVAILABLE");
    before = lab.rds.history.length;
    await lab.client.send(
      new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: BlueGreenDeployment?.BlueGreenDeploymentIdentifier }),
    );
    await lab.minutes(5);
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0]?.Status).toBe(
      "SWITCHOVER_COMPLETED",
    );
  });
  return lab.rds.history.slice(before).map(({ eventId }) => eventId?.slice(-4));
}

const instance = { class: "db.t3.micro", parameterGroup: "p" };

test("RDS for MySQL switches over with the instance family of events, without a sequence sync", async () => {
  const lab = await startLab();
  lab.rds.addInstance({ ...instance, identifier: "shop", engine: "mysql", engineVersion: "8.0.36" });
  const switchover = await upgrade(lab, `${ARN}db:shop`, "8.4.3");
  expect(switchover).toEqual(["0250", "0247", "0251", "0251", undefined, "0248"]);
  const { DBInstances } = await lab.client.send(new DescribeDBInstancesCommand());
  expect(DBInstances?.map(({ DBInstanceIdentifier, EngineVersion }) => `${DBInstanceIdentifier} ${EngineVersion}`)).toEqual([
    "shop 8.4.3",
    "shop-old1 8.0.36",
  ]);
});

test("RDS for PostgreSQL synchronises sequences for a major upgrade only", async () => {
  const major = await startLab();
  major.rds.addInstance({ ...instance, identifier: "shop", engine: "postgres", engineVersion: "15.4" });
  expect(await upgrade(major, `${ARN}db:shop`, "16.1")).toEqual(["0250", "0307", "0308", "0247", "0251", "0251", "0248"]);
  const minor = await startLab();
  minor.rds.addInstance({ ...instance, identifier: "shop", engine: "postgres", engineVersion: "15.4" });
  expect(await upgrade(minor, `${ARN}db:shop`, "15.5")).toEqual(["0250", "0247", "0251", "0251", "0248"]);
});

test("Aurora MySQL switches over with the cluster family of events, and DDL on its blue does no harm", async () => {
  const lab = await startLab();
  lab.rds.addCluster({
    identifier: "shop",
    engine: "aurora-mysql",
    engineVersion: "5.7.mysql_aurora.2.11.4",
    parameterGroup: "p",
    instances: [
      { ...instance, identifier: "shop-1" },
      { ...instance, identifier: "shop-2" },
    ],
  });
  await lab.story(async () => {
    await lab.client.send(
      new CreateBlueGreenDeploymentCommand({
        BlueGreenDeploymentName: "upgrade",
        Source: `${ARN}cluster:shop`,
        TargetEngineVersion: "8.0.mysql_aurora.3.05.2",
      }),
    );
    await lab.minutes(21);
    expect(lab.rds.runDdl("shop", "ALTER TABLE orders ADD COLUMN note text")).toEqual([]);
    const [deployment] = (await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments ?? [];
    const before = lab.rds.history.length;
    await lab.client.send(
      new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: deployment?.BlueGreenDeploymentIdentifier }),
    );
    await lab.minutes(5);
    expect(lab.rds.history.slice(before).map(({ eventId }) => eventId?.slice(-4))).toEqual([
      "0259",
      "0247",
      "0260",
      "0260",
      undefined,
      "0248",
    ]);
  });
});

test("an RDS instance gets the class, storage and parameter group that were asked for", async () => {
  const lab = await startLab();
  lab.rds.addInstance({ ...instance, identifier: "shop", engine: "postgres", engineVersion: "15.4" });
  await lab.story(async () => {
    await lab.client.send(
      new CreateBlueGreenDeploymentCommand({
        BlueGreenDeploymentName: "bigger",
        Source: `${ARN}db:shop`,
        TargetDBInstanceClass: "db.r7g.large",
        TargetDBParameterGroupName: "new",
        TargetAllocatedStorage: 200,
        TargetStorageType: "io1",
        TargetIops: 3000,
      }),
    );
    await lab.minutes(21);
    const { DBInstances = [] } = await lab.client.send(new DescribeDBInstancesCommand());
    expect(DBInstances[1]).toMatchObject({
      DBInstanceClass: "db.r7g.large",
      EngineVersion: "15.4",
      DBParameterGroups: [{ DBParameterGroupName: "new", ParameterApplyStatus: "in-sync" }],
      AllocatedStorage: 200,
      StorageType: "io1",
      Iops: 3000,
    });
  });
});

test("RDS for MySQL takes its read replica along, and tells of the upgrade and the storage as AWS's tables say", async () => {
  const lab = await startLab();
  const big = { class: "db.m7g.large", parameterGroup: "p", engine: "mysql", engineVersion: "8.0.39" };
  lab.rds.addInstance({ ...big, identifier: "shop" });
  lab.rds.addInstance({ ...big, identifier: "shop-replica", replicaOf: "shop" });
  expect(lab.rds.acceptsWrites("shop-replica")).toBe(false);
  const switchover = await upgrade(lab, `${ARN}db:shop`, "8.4.3");
  expect(switchover).toEqual(["0250", "0250", "0247", "0251", "0251", "0251", "0251", undefined, "0248"]);
  const ids = lab.rds.history.map(({ eventId }) => eventId?.slice(-4));
  expect(ids.slice(0, -switchover.length)).toEqual([
    "0005",
    "0046",
    "0264",
    "0265",
    "0266",
    "0267",
    "0268",
    "0269",
    "0405",
    "0005",
    "0406",
    "0244",
  ]);
  const [deployment] = (await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments ?? [];
  expect(deployment?.Tasks?.map(({ Name }) => Name)).toEqual([
    "CREATING_READ_REPLICA_OF_SOURCE",
    "DB_ENGINE_VERSION_UPGRADE",
    "CONFIGURE_BACKUPS",
    "CREATING_TOPOLOGY_OF_SOURCE",
  ]);
  const { DBInstances = [] } = await lab.client.send(new DescribeDBInstancesCommand());
  expect(
    DBInstances.map((it) => `${it.DBInstanceIdentifier} ${it.EngineVersion} of ${it.ReadReplicaSourceDBInstanceIdentifier}`).sort(),
  ).toEqual([
    "shop 8.4.3 of undefined",
    "shop-old1 8.0.39 of undefined",
    "shop-replica 8.4.3 of shop",
    "shop-replica-old1 8.0.39 of shop-old1",
  ]);
});

test("a switchover is cancelled while replication is stopped, and goes well once it has resumed", async () => {
  const lab = await startLab();
  lab.rds.addInstance({ ...instance, identifier: "shop", engine: "mysql", engineVersion: "8.0.39" });
  await lab.story(async () => {
    const { BlueGreenDeployment } = await lab.client.send(
      new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: "upgrade", Source: `${ARN}db:shop` }),
    );
    await lab.minutes(21);
    const BlueGreenDeploymentIdentifier = BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
    lab.rds.stopReplication(BlueGreenDeploymentIdentifier);
    for (const expected of ["AVAILABLE", "SWITCHOVER_COMPLETED"]) {
      await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
      await lab.minutes(5);
      const [deployment] = (await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments ?? [];
      expect(deployment?.Status).toBe(expected);
      if (expected === "AVAILABLE") lab.rds.resumeReplication(BlueGreenDeploymentIdentifier);
    }
  });
  const ids = lab.rds.history.map(({ eventId }) => eventId?.slice(-4));
  expect(ids.slice(ids.indexOf("0045"))).toEqual(["0045", "0252", "0249", "0046", "0250", "0247", "0251", "0251", undefined, "0248"]);
});
