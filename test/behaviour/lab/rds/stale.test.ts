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

/** A lab with the article's cluster whose next answers lag by a chosen part of its staleness. */
async function startStale(staleness: number): Promise<{ lab: TestLab; lag(part: number): void }> {
  let chance = 0.5;
  const lab = await startLab(undefined, { random: () => chance });
  addArticleCluster(lab.rds);
  lab.rds.staleness = staleness;
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  return {
    lab,
    lag(part) {
      chance = part;
    },
  };
}

const statuses = async ({ client }: TestLab) =>
  (await client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.map(({ Status }) => Status);
const clusters = async ({ client }: TestLab) =>
  (await client.send(new DescribeDBClustersCommand())).DBClusters?.map(({ DBClusterIdentifier }) => DBClusterIdentifier);
const byId = ({ client }: TestLab) => client.send(new DescribeBlueGreenDeploymentsCommand({ BlueGreenDeploymentIdentifier }));

test("a deployment that was just created can be missing for a while, in the list and by its id", async () => {
  const { lab, lag } = await startStale(60_000);
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    expect(await statuses(lab)).toEqual([]);
    await expect(byId(lab)).rejects.toMatchObject({ name: "BlueGreenDeploymentNotFoundFault" });
    lag(0);
    expect(await statuses(lab)).toEqual(["PROVISIONING"]);
    lag(0.999);
    await lab.clock.until(lab.clock.now() + 59_000);
    expect(await statuses(lab)).toEqual([]);
    await lab.clock.until(lab.clock.now() + 1_000);
    expect(await statuses(lab)).toEqual(["PROVISIONING"]);
  });
});

test("a deployment that was deleted can still be listed, and green with it", async () => {
  const { lab, lag } = await startStale(30_000);
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(40);
    lag(0.9);
    await lab.client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget: true }));
    expect(await statuses(lab)).toEqual(["AVAILABLE"]);
    await lab.clock.until(lab.clock.now() + 11 * 60_000 + 50_000);
    lag(0);
    expect(await statuses(lab)).toEqual([]);
    lag(0.9);
    expect(await statuses(lab)).toEqual(["DELETING"]);
    expect((await byId(lab)).BlueGreenDeployments).toHaveLength(1);
    await lab.clock.until(lab.clock.now() + 30_000);
    expect(await statuses(lab)).toEqual([]);
  });
});

test("each answer lags on its own, and shows one moment as a whole", async () => {
  const { lab, lag } = await startStale(60_000);
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(40);
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
    // The names change hands 85 s after the call.
    await lab.clock.until(lab.clock.now() + 90_000);
    lag(0.5);
    expect(await clusters(lab)).toEqual(["db-cluster", "db-cluster-green-ak5mgh"]);
    const [old] = (await byId(lab)).BlueGreenDeployments ?? [];
    expect([old?.Source, old?.Target].map((arn) => arn?.split(":").pop())).toEqual(["db-cluster", "db-cluster-green-ak5mgh"]);
    lag(0);
    expect(await clusters(lab)).toEqual(["db-cluster", "db-cluster-old1"]);
    const { DBInstances } = await lab.client.send(new DescribeDBInstancesCommand());
    expect(DBInstances?.map((it) => `${it.DBInstanceIdentifier} of ${it.DBClusterIdentifier}`)).toEqual([
      "db-instance-writer of db-cluster",
      "db-instance-writer-old1 of db-cluster-old1",
    ]);
  });
});

test("what changes by hand is seen late, too; RDS itself acts on what is", async () => {
  const { lab } = await startStale(60_000);
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(41);
    lab.rds.change("db-instance-writer", { status: "rebooting" });
    const { DBInstances } = await lab.client.send(new DescribeDBInstancesCommand());
    expect(DBInstances?.map(({ DBInstanceStatus }) => DBInstanceStatus)).toEqual(["available", "available"]);
    // hashicorp/terraform-provider-aws#36241
    await expect(lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }))).rejects.toMatchObject({
      name: "InvalidBlueGreenDeploymentStateFault",
      message: "DB instance db-instance-writer is not in available state",
    });
  });
});

test("answers are never stale unless somebody says so, and by a minute at most", async () => {
  const { lab } = await startStale(60_000);
  for (const wrong of [-1, 60_001, Number.NaN]) {
    expect(() => {
      lab.rds.staleness = wrong;
    }).toThrow(RangeError);
  }
  lab.rds.staleness = 0;
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    expect(await statuses(lab)).toEqual(["PROVISIONING"]);
  });
  expect((await startLab()).rds.staleness).toBe(0);
});
