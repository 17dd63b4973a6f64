import {
  CreateBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import recording from "../../../../local/recorded/aurora-major-upgrade-2024-02-05.json" with { type: "json" };
import { ARTICLE_CREATE, addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

const ID = "bgd-cavqrityavom8edj";
const ARN = "arn:aws:rds:ap-northeast-1:123456789012:cluster:";
const switchover = (SwitchoverTimeout?: number) =>
  new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: ID, SwitchoverTimeout });

async function readyLab(tags: Record<string, string> = {}): Promise<TestLab> {
  const lab = await startLab("2024-02-05T11:00:00Z");
  addArticleCluster(lab.rds, { readers: ["reader"], tags });
  lab.rds.nextCreation = { minutes: 40, ids: { deployment: ID, suffixes: { "db-cluster": "cvrzdo" } } };
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.clock.until(Date.parse("2024-02-05T11:41:00Z"));
  });
  return lab;
}

const deploymentOf = async (lab: TestLab) => (await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0];
const clusterOf = async (lab: TestLab, DBClusterIdentifier: string) =>
  (await lab.client.send(new DescribeDBClustersCommand({ DBClusterIdentifier }))).DBClusters?.[0];
const after = (lab: TestLab, time: string) => lab.rds.history.filter(({ date }) => date >= time);

test("a switchover at 11:41 sends the article's events, the new name's completion before the old one's", async () => {
  const lab = await readyLab();
  await lab.story(async () => {
    await lab.client.send(switchover());
    await lab.minutes(5);
  });

  const sent = after(lab, "2024-02-05T11:41");
  const recorded = recording.events.filter(({ time }) => time >= "2024-02-05T11:41Z");
  const line = (minute: string, ...rest: string[]) => [minute, ...rest].join(" ");
  expect(sent.map((it) => line(it.date.slice(0, 16), it.sourceType, it.sourceIdentifier, it.message)).sort()).toEqual(
    recorded.map((it) => line(it.time.slice(0, 16), it.sourceType, it.sourceIdentifier, it.message)).sort(),
  );
  expect(sent.map(({ eventId, sourceIdentifier }) => `${eventId} ${sourceIdentifier}`)).toEqual([
    "RDS-EVENT-0259 db-cluster",
    "RDS-EVENT-0311 db-cluster",
    "RDS-EVENT-0312 db-cluster",
    `RDS-EVENT-0247 ${ID}`,
    "RDS-EVENT-0260 db-cluster",
    "RDS-EVENT-0260 db-cluster-old1",
    `RDS-EVENT-0248 ${ID}`,
  ]);
});

test("a switchover hands over names, endpoints and tags, while the resource ids stay with their databases", async () => {
  const lab = await readyLab({ team: "orders" });
  await lab.story(async () => {
    const blue = await clusterOf(lab, "db-cluster");
    const green = await clusterOf(lab, "db-cluster-green-cvrzdo");
    const answer = await lab.client.send(switchover());
    expect(answer.BlueGreenDeployment?.Status).toBe("SWITCHOVER_IN_PROGRESS");
    await lab.minutes(0.5);
    expect((await deploymentOf(lab))?.SwitchoverDetails?.map(({ Status }) => Status)).toEqual(Array(3).fill("SWITCHOVER_IN_PROGRESS"));
    await lab.minutes(3);

    const deployment = await deploymentOf(lab);
    expect(deployment).toMatchObject({ Status: "SWITCHOVER_COMPLETED", Source: `${ARN}db-cluster-old1`, Target: `${ARN}db-cluster` });
    expect(
      deployment?.SwitchoverDetails?.map(({ SourceMember, TargetMember, Status }) => [
        SourceMember?.split(":").pop(),
        TargetMember?.split(":").pop(),
        Status,
      ]),
    ).toEqual([
      ["db-cluster-old1", "db-cluster", "SWITCHOVER_COMPLETED"],
      ["db-instance-writer-old1", "db-instance-writer", "SWITCHOVER_COMPLETED"],
      ["reader-old1", "reader", "SWITCHOVER_COMPLETED"],
    ]);
    expect(await clusterOf(lab, "db-cluster")).toMatchObject({
      DbClusterResourceId: green?.DbClusterResourceId,
      Endpoint: blue?.Endpoint,
      EngineVersion: "15.5",
      TagList: [{ Key: "team", Value: "orders" }],
    });
    expect(await clusterOf(lab, "db-cluster-old1")).toMatchObject({
      DbClusterResourceId: blue?.DbClusterResourceId,
      EngineVersion: "14.10",
    });
    await expect(clusterOf(lab, "db-cluster-green-cvrzdo")).rejects.toMatchObject({ name: "DBClusterNotFoundFault" });
    const { DBInstances = [] } = await lab.client.send(new DescribeDBInstancesCommand());
    expect(DBInstances.map(({ DBInstanceIdentifier, DBClusterIdentifier }) => `${DBInstanceIdentifier} ${DBClusterIdentifier}`)).toEqual([
      "db-instance-writer db-cluster",
      "db-instance-writer-old1 db-cluster-old1",
      "reader db-cluster",
      "reader-old1 db-cluster-old1",
    ]);
  });
});

test("writes through the cluster's name are refused for about 66 seconds", async () => {
  const lab = await readyLab();
  let refused = 0;
  await lab.story(async () => {
    await lab.client.send(switchover());
    for (let second = 0; second < 180; second += 1) {
      if (!lab.rds.acceptsWrites("db-cluster")) refused += 1;
      await lab.minutes(1 / 60);
    }
  });
  expect([66, 67]).toContain(refused);
  expect(lab.rds.acceptsWrites("db-cluster")).toBe(true);
  expect(lab.rds.acceptsWrites("db-cluster-old1")).toBe(false);
});

test("a switchover that a guardrail cancels leaves everything as it was and may be tried again", async () => {
  const lab = await readyLab();
  lab.rds.faults.cancelSwitchover("a long-running write on db-cluster");
  await lab.story(async () => {
    const before = await deploymentOf(lab);
    await lab.client.send(switchover());
    await lab.minutes(2);
    expect(await deploymentOf(lab)).toEqual(before);
    await lab.client.send(switchover());
    await lab.minutes(3);
    expect((await deploymentOf(lab))?.Status).toBe("SWITCHOVER_COMPLETED");
  });
  expect(after(lab, "2024-02-05T11:41").slice(0, 2)).toMatchObject([
    {
      eventId: "RDS-EVENT-0261",
      sourceType: "CLUSTER",
      message: "Switchover from DB cluster db-cluster to db-cluster-green-cvrzdo was canceled due to a long-running write on db-cluster.",
    },
    { eventId: "RDS-EVENT-0249", sourceIdentifier: ID, message: "Switchover canceled on blue/green deployment blue-green." },
  ]);
});

test("a switchover that does not fit into its timeout is rolled back and blue takes writes again", async () => {
  const lab = await readyLab();
  await lab.story(async () => {
    await lab.client.send(switchover(30));
    await lab.minutes(3);
    expect(await deploymentOf(lab)).toMatchObject({ Status: "AVAILABLE", Source: `${ARN}db-cluster` });
  });
  expect(lab.rds.acceptsWrites("db-cluster")).toBe(true);
  expect(lab.rds.acceptsWrites("db-cluster-green-cvrzdo")).toBe(false);
  expect(lab.rds.history.at(-2)?.message).toMatch(/was canceled due to the switchover timeout of 30 seconds/);
});

test("a second upgrade of the same cluster leaves -old1 alone and names the next one -old2", async () => {
  const lab = await readyLab();
  await lab.story(async () => {
    await lab.client.send(switchover());
    await lab.minutes(5);
    await lab.client.send(
      new CreateBlueGreenDeploymentCommand({
        BlueGreenDeploymentName: "again",
        Source: ARTICLE_CREATE.Source,
        TargetEngineVersion: "16.4",
        TargetDBClusterParameterGroupName: "cluster-16",
        TargetDBParameterGroupName: "instance-16",
      }),
    );
    await lab.minutes(60);
    const again = (
      await lab.client.send(
        new DescribeBlueGreenDeploymentsCommand({ Filters: [{ Name: "blue-green-deployment-name", Values: ["again"] }] }),
      )
    ).BlueGreenDeployments?.[0];
    await lab.client.send(
      new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: again?.BlueGreenDeploymentIdentifier }),
    );
    await lab.minutes(5);
    expect((await clusterOf(lab, "db-cluster-old2"))?.EngineVersion).toBe("15.5");
    expect((await clusterOf(lab, "db-cluster-old1"))?.EngineVersion).toBe("14.10");
  });
  expect(lab.rds.history.at(-2)?.message).toMatch(
    / Renamed db-cluster to db-cluster-old2 and db-cluster-green-[a-z0-9]{6} to db-cluster\.$/,
  );
});
