import {
  CreateBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import recording from "../../../../local/recorded/aurora-major-upgrade-2024-02-05.json" with { type: "json" };
import { ARTICLE_CREATE, ARTICLE_IDS, addArticleCluster, startLab } from "../../../support/lab/rds.ts";

test("a creation at 06:10 sends the article's events in its minutes, in its order and with its words", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.nextCreation = { ids: ARTICLE_IDS };

  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(60);
  });

  const recorded = recording.events.filter(({ time }) => time > "2024-02-05T06:00Z" && time < "2024-02-05T07:00Z");
  expect(
    lab.rds.history.map(({ date, sourceType, sourceIdentifier, message }) => [
      `${date.slice(0, 16)}Z`,
      sourceType,
      sourceIdentifier,
      message,
    ]),
  ).toEqual(recorded.map(({ time, sourceType, sourceIdentifier, message }) => [time, sourceType, sourceIdentifier, message]));
  expect(new Set(lab.rds.history.map(({ origin }) => origin))).toEqual(new Set(["recorded"]));
});

test("a deployment grows from PROVISIONING without a target to AVAILABLE with the asked version and parameter groups", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds, { readers: ["reader-1", "reader-2"], tags: { team: "orders" } });
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  const deployment = async () => (await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0];
  const green = async () =>
    (await lab.client.send(new DescribeDBClustersCommand({ DBClusterIdentifier: "db-cluster-green-ak5mgh" }))).DBClusters?.[0];

  await lab.story(async () => {
    const answer = await lab.client.send(
      new CreateBlueGreenDeploymentCommand({ ...ARTICLE_CREATE, Tags: [{ Key: "why", Value: "upgrade" }] }),
    );
    expect(answer.BlueGreenDeployment).toMatchObject({
      BlueGreenDeploymentIdentifier: "bgd-hy5ntvomddiv89r8",
      Status: "PROVISIONING",
      Source: ARTICLE_CREATE.Source,
      CreateTime: new Date("2024-02-05T06:10:00Z"),
      TagList: [{ Key: "why", Value: "upgrade" }],
      Tasks: [
        { Name: "CREATING_READ_REPLICA_OF_SOURCE", Status: "PENDING" },
        { Name: "DB_ENGINE_VERSION_UPGRADE", Status: "PENDING" },
        { Name: "CREATE_DB_INSTANCES_FOR_CLUSTER", Status: "PENDING" },
      ],
    });
    expect(answer.BlueGreenDeployment).not.toHaveProperty("Target");
    expect(answer.BlueGreenDeployment?.SwitchoverDetails).toHaveLength(4);

    await lab.minutes(15);
    expect(await deployment()).toMatchObject({ Target: "arn:aws:rds:ap-northeast-1:123456789012:cluster:db-cluster-green-ak5mgh" });
    expect((await deployment())?.Tasks?.map(({ Status }) => Status)).toEqual(["COMPLETED", "IN_PROGRESS", "PENDING"]);
    expect(await green()).toMatchObject({ EngineVersion: "14.10", DBClusterParameterGroup: "cluster-14", Status: "upgrading" });

    await lab.minutes(16);
    expect((await deployment())?.Status).toBe("AVAILABLE");
    expect((await deployment())?.Tasks?.every(({ Status }) => Status === "COMPLETED")).toBe(true);
    expect(await green()).toMatchObject({
      EngineVersion: "15.5",
      DBClusterParameterGroup: ARTICLE_CREATE.TargetDBClusterParameterGroupName,
      Status: "available",
      TagList: [{ Key: "team", Value: "orders" }],
    });
    const { DBInstances = [] } = await lab.client.send(
      new DescribeDBInstancesCommand({ Filters: [{ Name: "db-cluster-id", Values: ["db-cluster-green-ak5mgh"] }] }),
    );
    expect(DBInstances).toHaveLength(3);
    expect(new Set(DBInstances.map(({ DBInstanceIdentifier }) => DBInstanceIdentifier?.slice(-6))).size).toBe(3);
    for (const instance of DBInstances) {
      expect(instance).toMatchObject({ EngineVersion: "15.5", DBInstanceStatus: "available" });
      expect(instance.DBInstanceIdentifier).toMatch(/-green-[a-z0-9]{6}$/);
      expect(instance.DBParameterGroups?.[0]?.DBParameterGroupName).toBe(ARTICLE_CREATE.TargetDBParameterGroupName);
    }
  });
});

test("other names, versions and dates stand in the article's texts in the places of its own", async () => {
  const lab = await startLab("2026-11-22T10:00:00.000Z");
  lab.rds.addCluster({
    identifier: "orders",
    engine: "aurora-postgresql",
    engineVersion: "16.4",
    parameterGroup: "old",
    instances: [{ identifier: "orders-1", class: "db.r7g.large", parameterGroup: "old" }],
  });
  lab.rds.nextCreation = { ids: { suffixes: { orders: "aaaaaa", "orders-1": "bbbbbb" } } };

  await lab.story(async () => {
    await lab.client.send(
      new CreateBlueGreenDeploymentCommand({
        BlueGreenDeploymentName: "orders-upgrade",
        Source: "arn:aws:rds:ap-northeast-1:123456789012:cluster:orders",
        TargetEngineVersion: "16.6",
        TargetDBParameterGroupName: "new",
      }),
    );
    await lab.minutes(60);
  });

  const messages = lab.rds.history.map(({ message }) => message);
  expect(messages).toContain(
    "Upgrade in progress: Creating pre-upgrade snapshot [preupgrade-orders-green-aaaaaa-16-4-to-16-6-2026-11-22-10-14].",
  );
  expect(messages).toContain("Database cluster engine version has been upgraded.");
  expect(messages).toContain("Updated to use DBParameterGroup new");
  expect(messages.join()).not.toMatch(/db-cluster|14-10|aurorastack|2024/);
});

test("no two events of one source share a millisecond", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds, { readers: ["reader-1", "reader-2", "reader-3"] });
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    lab.rds.record({ sourceType: "CLUSTER", sourceIdentifier: "db-cluster", message: "Reset master credentials" });
    lab.rds.record({ sourceType: "CLUSTER", sourceIdentifier: "db-cluster", message: "Reset master credentials" });
    await lab.minutes(60);
  });
  const moments = lab.rds.history.map(({ sourceIdentifier, date }) => `${sourceIdentifier} ${date}`);
  expect(new Set(moments).size).toBe(moments.length);
});

test("a story may say how long the next creation takes; the one after it takes its usual time", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.nextCreation = { minutes: 90 };
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(90);
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0]?.Status).toBe("PROVISIONING");
    await lab.minutes(1);
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0]?.Status).toBe("AVAILABLE");
  });
  expect(lab.rds.nextCreation).toBeUndefined();
});

test("a creation told to fail says why and ends as INVALID_CONFIGURATION with a failed task", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.faults.failCreation("of incompatible parameter(s): max_replication_slots");
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(120);
    const [deployment] = (await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments ?? [];
    expect(deployment?.Status).toBe("INVALID_CONFIGURATION");
    expect(deployment?.Tasks?.map(({ Status }) => Status)).toContain("FAILED");
  });
  expect(lab.delivered.at(-1)?.detail).toMatchObject({
    EventID: "RDS-EVENT-0245",
    EventCategories: ["failure"],
    Message: "Creation of blue/green deployment failed because of incompatible parameter(s): max_replication_slots.",
  });
});

test("a creation told to get stuck is still PROVISIONING after a day", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.faults.stickCreation();
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(24 * 60);
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0]?.Status).toBe("PROVISIONING");
  });
});
