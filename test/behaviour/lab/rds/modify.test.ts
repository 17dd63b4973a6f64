import {
  CreateBlueGreenDeploymentCommand,
  DeleteBlueGreenDeploymentCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  ModifyDBInstanceCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { ARTICLE_CREATE, ARTICLE_IDS, addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

const GREEN = "db-cluster-green-ak5mgh";
const protect = (DBClusterIdentifier: string, DeletionProtection: boolean) =>
  new ModifyDBClusterCommand({ DBClusterIdentifier, DeletionProtection, ApplyImmediately: true });
const clusterOf = async (lab: TestLab, DBClusterIdentifier: string) =>
  (await lab.client.send(new DescribeDBClustersCommand({ DBClusterIdentifier }))).DBClusters?.[0];
const instanceOf = async (lab: TestLab, DBInstanceIdentifier: string) =>
  (await lab.client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }))).DBInstances?.[0];

test("green's deletion protection is turned off, and then green can be deleted; blue keeps its own", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.change("db-cluster", { deletionProtection: true });
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  const remove = new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: ARTICLE_IDS.deployment, DeleteTarget: true });
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(60);
    await expect(lab.client.send(remove)).rejects.toMatchObject({ name: "InvalidParameterCombination" });
    const { DBCluster } = await lab.client.send(protect(GREEN, false));
    expect(DBCluster).toMatchObject({ DBClusterIdentifier: GREEN, DeletionProtection: false });
    expect(await clusterOf(lab, "db-cluster")).toMatchObject({ DeletionProtection: true });
    await lab.client.send(remove);
  });
});

test("an instance's deletion protection is turned on and off", async () => {
  const lab = await startLab();
  lab.rds.addInstance({ identifier: "shop", engine: "mysql", engineVersion: "8.0.36", class: "db.t3.micro", parameterGroup: "shop-8" });
  const set = (DeletionProtection: boolean) =>
    lab.client.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: "shop", DeletionProtection }));
  expect((await set(true)).DBInstance?.DeletionProtection).toBe(true);
  expect((await set(false)).DBInstance?.DeletionProtection).toBe(false);
});

test("what is not there, not available, or not deletion protection is not modified", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  await expect(lab.client.send(protect("nowhere", false))).rejects.toMatchObject({ name: "DBClusterNotFoundFault" });
  const other = new ModifyDBClusterCommand({ DBClusterIdentifier: "db-cluster", EngineVersion: "15.5" });
  await expect(lab.client.send(other)).rejects.toMatchObject({ name: "InvalidParameterValue" });
  lab.rds.change("db-cluster", { status: "modifying" });
  await expect(lab.client.send(protect("db-cluster", true))).rejects.toMatchObject({ name: "InvalidDBClusterStateFault" });
  expect(await clusterOf(lab, "db-cluster")).toMatchObject({ EngineVersion: "14.10", DeletionProtection: false });
});

test("what is changed by hand is what describe answers", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.change("db-cluster", {
    parameterGroupStatus: "pending-reboot",
    tags: { "aws:cloudformation:stack-name": "orders" },
    shows: { MasterUserSecret: { SecretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:x", SecretStatus: "active" } },
  });
  lab.rds.change("db-cluster", { shows: { BackupRetentionPeriod: 3, EngineMode: "serverless" } });
  lab.rds.change("db-instance-writer", { class: "db.r7g.large" });
  expect(await clusterOf(lab, "db-cluster")).toMatchObject({
    DBClusterMembers: [{ DBClusterParameterGroupStatus: "pending-reboot" }],
    TagList: [{ Key: "aws:cloudformation:stack-name", Value: "orders" }],
    MasterUserSecret: { SecretStatus: "active" },
    BackupRetentionPeriod: 3,
    EngineMode: "serverless",
  });
  expect(await instanceOf(lab, "db-instance-writer")).toMatchObject({ DBInstanceClass: "db.r7g.large", BackupRetentionPeriod: 1 });
  expect(() => lab.rds.change("nowhere", { status: "stopped" })).toThrow("The lab has no database nowhere");
});

// Aurora and RDS User Guides, blue-green-deployments-switching.
test("nothing is modified during a switchover", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(60);
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: ARTICLE_IDS.deployment }));
    for (const name of ["db-cluster", GREEN]) {
      await expect(lab.client.send(protect(name, true))).rejects.toMatchObject({ name: "InvalidDBClusterStateFault" });
    }
    await lab.minutes(5);
    expect((await lab.client.send(protect("db-cluster", true))).DBCluster?.DeletionProtection).toBe(true);
  });
});
