import { type DBCluster, type DBInstance, DescribeDBClustersCommand, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { createRds } from "../../../../src/clients/rds/rds.ts";
import { startLab, type TestLab } from "../../../support/lab/rds.ts";

const THERE = "arn:aws:rds:eu-west-1:210987654321";
const HERE = "arn:aws:rds:ap-northeast-1:123456789012";

const CLUSTER: DBCluster = {
  DBClusterIdentifier: "shop",
  DBClusterArn: `${THERE}:cluster:shop`,
  DbClusterResourceId: "cluster-SHOP",
  Engine: "aurora-postgresql",
  EngineVersion: "15.4",
  Status: "available",
  DBClusterParameterGroup: "shop-15",
  DBClusterMembers: [
    { DBInstanceIdentifier: "shop-1", IsClusterWriter: false, DBClusterParameterGroupStatus: "in-sync" },
    { DBInstanceIdentifier: "shop-2", IsClusterWriter: true, DBClusterParameterGroupStatus: "pending-reboot" },
  ],
  ReadReplicaIdentifiers: [`${THERE}:cluster:shop-copy`, "arn:aws:rds:us-east-1:210987654321:cluster:shop-far"],
};
const instance = (name: string, more: Partial<DBInstance> = {}): DBInstance => ({
  DBInstanceIdentifier: name,
  DBInstanceArn: `${THERE}:db:${name}`,
  DbiResourceId: `db-${name.toUpperCase()}`,
  Engine: "aurora-postgresql",
  EngineVersion: "15.4",
  DBInstanceStatus: "available",
  DBClusterIdentifier: "shop",
  ...more,
});
const DEPLOYMENT = {
  BlueGreenDeploymentIdentifier: "bgd-shop",
  Source: `${THERE}:cluster:shop`,
  Target: `${THERE}:cluster:shop-green-a1b2c3`,
  SwitchoverDetails: [
    { SourceMember: `${THERE}:cluster:shop`, TargetMember: `${THERE}:cluster:shop-green-a1b2c3` },
    { SourceMember: `${THERE}:db:shop-1`, TargetMember: `${THERE}:db:shop-1-green-a1b2c3` },
  ],
  Status: "AVAILABLE",
};

/** What the guard reads of the deployments and their databases. */
async function read({ url }: TestLab) {
  const rds = createRds({ endpoint: url, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } });
  const deployments = await rds.deployments();
  return { deployments, databases: await rds.databases(deployments) };
}

it("databases are answered as they were given, in the lab's own account and Region", async () => {
  const lab = await startLab();
  const StatusInfos = [{ StatusType: "read replication", Normal: false, Status: "error", Message: "1050" }];
  const alone = instance("alone", { DBClusterIdentifier: undefined, Engine: "mysql", PercentProgress: "42", StatusInfos });
  lab.rds.addDatabases({ DBClusters: [CLUSTER], DBInstances: [instance("shop-1"), instance("shop-2"), alone] });
  const { DBClusters } = await lab.client.send(new DescribeDBClustersCommand());
  expect(DBClusters).toEqual([
    {
      ...CLUSTER,
      DBClusterArn: `${HERE}:cluster:shop`,
      ReadReplicaIdentifiers: [`${HERE}:cluster:shop-copy`, "arn:aws:rds:us-east-1:210987654321:cluster:shop-far"],
    },
  ]);
  const { DBInstances } = await lab.client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: "alone" }));
  expect(DBInstances).toEqual([{ ...alone, DBInstanceArn: `${HERE}:db:alone` }]);
});

it("the guard finds a cluster's instances through it, also those that no deployment lists", async () => {
  const lab = await startLab();
  lab.rds.addDatabases({ DBClusters: [CLUSTER], DBInstances: [instance("shop-1"), instance("shop-2")] });
  lab.rds.addDeployment(DEPLOYMENT);
  const { databases } = await read(lab);
  expect(databases.map(({ arn }) => arn)).toEqual([`${HERE}:cluster:shop`, `${HERE}:db:shop-1`, `${HERE}:db:shop-2`]);
  expect(databases[0]?.configuration?.clusterMembers).toEqual([
    { identifier: "shop-1", writer: false, parameterGroupStatus: "in-sync" },
    { identifier: "shop-2", writer: true, parameterGroupStatus: "pending-reboot" },
  ]);
  expect(databases[1]).toMatchObject({ cluster: "shop", resourceId: "db-SHOP-1", engineVersion: "15.4" });
});

it("a database that a deployment names does not exist where all of its kind are given, and has nothing but a name where none is", async () => {
  const lab = await startLab();
  lab.rds.addDatabases({ DBClusters: [CLUSTER] });
  lab.rds.addDeployment(DEPLOYMENT);
  const { deployments, databases } = await read(lab);
  expect(deployments.map(({ id }) => id)).toEqual(["bgd-shop"]);
  expect(databases.map(({ identifier, engine, engineVersion }) => `${identifier} ${engine} ${engineVersion}`)).toEqual([
    "shop aurora-postgresql 15.4",
    "shop-1 aurora (unknown here)",
    "shop-1-green-a1b2c3 aurora (unknown here)",
  ]);
});

it("members of any kind are listed, a global cluster without a Region, and only clusters and instances are databases", async () => {
  const lab = await startLab();
  const members = [
    { SourceMember: `${THERE}:cluster-endpoint:reports`, TargetMember: `${THERE}:cluster-endpoint:reports-green-a1b2c3` },
    { SourceMember: "arn:aws:rds::210987654321:global-cluster:world" },
  ];
  lab.rds.addDeployment({ ...DEPLOYMENT, SwitchoverDetails: members });
  const { deployments, databases } = await read(lab);
  expect(deployments[0]?.members.map(({ source, target }) => [source, target])).toEqual([
    [`${HERE}:cluster-endpoint:reports`, `${HERE}:cluster-endpoint:reports-green-a1b2c3`],
    ["arn:aws:rds::123456789012:global-cluster:world", undefined],
  ]);
  expect(databases.map(({ identifier }) => identifier)).toEqual(["shop", "shop-green-a1b2c3"]);
});
