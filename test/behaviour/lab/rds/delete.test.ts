import {
  CreateBlueGreenDeploymentCommand,
  DeleteBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { ARTICLE_CREATE, ARTICLE_IDS, addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

const BlueGreenDeploymentIdentifier = ARTICLE_IDS.deployment;
const remove = (DeleteTarget?: boolean) => new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget });

async function create(lab: TestLab, minutes: number): Promise<void> {
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  await lab.client.send(new CreateBlueGreenDeploymentCommand({ ...ARTICLE_CREATE, Tags: [{ Key: "team", Value: "orders" }] }));
  await lab.minutes(minutes);
}

const clusters = async (lab: TestLab) =>
  (await lab.client.send(new DescribeDBClustersCommand())).DBClusters?.map(
    ({ DBClusterIdentifier, Status }) => `${DBClusterIdentifier} ${Status}`,
  );
const instances = async (lab: TestLab) =>
  (await lab.client.send(new DescribeDBInstancesCommand())).DBInstances?.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier);
const deployments = async (lab: TestLab) => (await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments ?? [];

test("deleting with green takes green's instances, its cluster and then the deployment in some 12 minutes, and leaves blue alone", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  await lab.story(async () => {
    await create(lab, 60);
    const answer = await lab.client.send(remove(true));
    expect(answer.BlueGreenDeployment).toMatchObject({ Status: "DELETING", DeleteTime: new Date(lab.clock.now()) });
    await lab.minutes(1);
    expect(await clusters(lab)).toEqual(["db-cluster available", "db-cluster-green-ak5mgh deleting"]);
    await lab.minutes(8);
    expect(await instances(lab)).toEqual(["db-instance-writer"]);
    expect(await deployments(lab)).toHaveLength(1);
    await lab.minutes(3);
    expect(await clusters(lab)).toEqual(["db-cluster available"]);
    expect(await deployments(lab)).toEqual([]);
    await expect(lab.client.send(new DescribeBlueGreenDeploymentsCommand({ BlueGreenDeploymentIdentifier }))).rejects.toMatchObject({
      name: "BlueGreenDeploymentNotFoundFault",
      $metadata: { httpStatusCode: 404 },
    });
  });
  expect(lab.delivered.slice(-3).map(({ detail }) => [detail.EventID, detail.SourceIdentifier, detail.Message])).toEqual([
    ["RDS-EVENT-0003", "db-instance-writer-green-8n9hio", "DB instance deleted"],
    ["RDS-EVENT-0171", "db-cluster-green-ak5mgh", "DB cluster deleted"],
    ["RDS-EVENT-0246", BlueGreenDeploymentIdentifier, "Blue/green deployment deleted."],
  ]);
  expect(lab.rds.history.slice(-3).map(({ origin }) => origin)).toEqual(["lab", "lab", "lab"]);
});

test("the deleted deployment's name can be taken again, and the second creation is marked as the lab's own", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  await lab.story(async () => {
    await create(lab, 60);
    await lab.client.send(remove(true));
    await expect(lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE))).rejects.toMatchObject({
      name: "BlueGreenDeploymentAlreadyExistsFault",
    });
    await lab.minutes(12);
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(40);
    expect((await deployments(lab))[0]?.Status).toBe("AVAILABLE");
  });
  const second = lab.rds.history.slice(lab.rds.history.findIndex(({ eventId }) => eventId === "RDS-EVENT-0246") + 1);
  expect(second.filter(({ origin }) => origin === "recorded").map(({ eventId }) => eventId)).toEqual(["RDS-EVENT-0244"]);
});

test("deleting without green leaves green standing on its own", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  await lab.story(async () => {
    await create(lab, 60);
    await lab.client.send(remove());
    await lab.minutes(5);
    expect(await deployments(lab)).toEqual([]);
    expect(await clusters(lab)).toEqual(["db-cluster available", "db-cluster-green-ak5mgh available"]);
  });
  expect(lab.rds.acceptsWrites("db-cluster-green-ak5mgh")).toBe(true);
});

test("a creation that is deleted halfway stops, and nothing of green comes back", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds, { readers: ["reader"] });
  await lab.story(async () => {
    await create(lab, 10);
    await lab.client.send(remove(true));
    await lab.minutes(60);
    expect(await clusters(lab)).toEqual(["db-cluster available"]);
    expect(await instances(lab)).toEqual(["db-instance-writer", "reader"]);
  });
  expect(lab.rds.history.at(-1)?.eventId).toBe("RDS-EVENT-0246");
});

test("after a switchover only the deployment goes; saying what is to become of green is refused", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  await lab.story(async () => {
    await create(lab, 60);
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
    await expect(lab.client.send(remove(true))).rejects.toMatchObject({ name: "InvalidBlueGreenDeploymentStateFault" });
    await lab.minutes(5);
    for (const said of [true, false])
      await expect(lab.client.send(remove(said))).rejects.toMatchObject({ name: "InvalidParameterCombination" });
    await lab.client.send(remove());
    await lab.minutes(5);
    expect(await deployments(lab)).toEqual([]);
    expect(await clusters(lab)).toEqual(["db-cluster available", "db-cluster-old1 available"]);
  });
});

test("green with deletion protection is not deleted, and the deployment stays as it was", async () => {
  const lab = await startLab();
  lab.rds.addCluster({
    identifier: "db-cluster",
    engine: "aurora-postgresql",
    engineVersion: "14.10",
    parameterGroup: "p",
    deletionProtection: true,
    instances: [{ identifier: "db-instance-writer", class: "db.t4g.medium", parameterGroup: "p" }],
  });
  await lab.story(async () => {
    await create(lab, 60);
    await expect(lab.client.send(remove(true))).rejects.toMatchObject({
      name: "InvalidParameterCombination",
      message: "Cannot delete protected Cluster, please disable deletion protection and try again.",
    });
    expect((await deployments(lab))[0]?.Status).toBe("AVAILABLE");
  });
});
