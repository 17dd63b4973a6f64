import {
  CreateBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  type DescribeEventsCommandInput,
  type Filter,
  paginateDescribeDBInstances,
  paginateDescribeEvents,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { ARTICLE_CREATE, ARTICLE_IDS, addArticleCluster, startLab } from "../../../support/lab/rds.ts";

const ARN = "arn:aws:rds:ap-northeast-1:123456789012:";

test("deployments are found by id in any case, by name, by source and by target", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(60);
    const found = async (Name: string, ...Values: string[]) =>
      (await lab.client.send(new DescribeBlueGreenDeploymentsCommand({ Filters: [{ Name, Values }] }))).BlueGreenDeployments?.length;
    expect(await found("blue-green-deployment-identifier", "bgd-other", ARTICLE_IDS.deployment)).toBe(1);
    expect(await found("blue-green-deployment-name", "blue-green")).toBe(1);
    expect(await found("blue-green-deployment-name", "blue")).toBe(0);
    expect(await found("source", ARTICLE_CREATE.Source)).toBe(1);
    expect(await found("target", "db-cluster-green-ak5mgh")).toBe(1);
    const one = new DescribeBlueGreenDeploymentsCommand({ BlueGreenDeploymentIdentifier: ARTICLE_IDS.deployment.toUpperCase() });
    expect((await lab.client.send(one)).BlueGreenDeployments).toHaveLength(1);
  });
});

test("databases are found by name, by ARN and by filter", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds, { readers: ["reader"] });
  lab.rds.addInstance({ identifier: "other", engine: "mysql", engineVersion: "8.0.36", class: "db.t3.micro", parameterGroup: "p" });
  const clusters = async (DBClusterIdentifier: string) =>
    (await lab.client.send(new DescribeDBClustersCommand({ DBClusterIdentifier }))).DBClusters;
  expect(await clusters("DB-Cluster")).toEqual(await clusters(`${ARN}cluster:db-cluster`));
  expect((await clusters("db-cluster"))?.[0]?.DBClusterMembers).toMatchObject([
    { DBInstanceIdentifier: "db-instance-writer", IsClusterWriter: true },
    { DBInstanceIdentifier: "reader", IsClusterWriter: false },
  ]);
  const instances = async (...Filters: Filter[]) =>
    (await lab.client.send(new DescribeDBInstancesCommand({ Filters }))).DBInstances?.map(
      ({ DBInstanceIdentifier }) => DBInstanceIdentifier,
    );
  expect(await instances({ Name: "db-cluster-id", Values: [`${ARN}cluster:db-cluster`] })).toEqual(["db-instance-writer", "reader"]);
  expect(await instances({ Name: "db-instance-id", Values: ["other", `${ARN}db:reader`] })).toEqual(["other", "reader"]);
  expect(await instances({ Name: "db-cluster-id", Values: ["db-cluster"] }, { Name: "db-instance-id", Values: ["other"] })).toEqual([]);
});

test("long lists come in pages, each row once", async () => {
  const lab = await startLab();
  const names = Array.from({ length: 55 }, (_, index) => `db-${String(index).padStart(2, "0")}`);
  for (const identifier of names)
    lab.rds.addInstance({ identifier, engine: "mysql", engineVersion: "8.0.36", class: "db.t3.micro", parameterGroup: "p" });
  const pages: (string | undefined)[][] = [];
  for await (const page of paginateDescribeDBInstances({ client: lab.client, pageSize: 20 }, {})) {
    pages.push((page.DBInstances ?? []).map(({ DBInstanceIdentifier }) => DBInstanceIdentifier));
  }
  expect(pages.map(({ length }) => length)).toEqual([20, 20, 15]);
  expect(pages.flat()).toEqual(names);
});

test("events come from the last hour, from a duration or from a period, for 14 days and oldest first", async () => {
  const lab = await startLab("2024-02-20T00:00:00Z");
  const days = [15, 13, 2, 0.5, 0.01];
  for (const ago of days) {
    lab.rds.record({
      sourceType: "CLUSTER",
      sourceIdentifier: "db-cluster",
      message: `${ago} days ago`,
      date: lab.clock.now() - ago * 86_400_000,
    });
  }
  const messages = async (input: DescribeEventsCommandInput) =>
    (await lab.client.send(new DescribeEventsCommand(input))).Events?.map(({ Message }) => Message);
  expect(await messages({})).toEqual(["0.01 days ago"]);
  expect(await messages({ Duration: 24 * 60 })).toEqual(["0.5 days ago", "0.01 days ago"]);
  expect(await messages({ Duration: 30 * 24 * 60 })).toEqual(["13 days ago", "2 days ago", "0.5 days ago", "0.01 days ago"]);
  expect(await messages({ StartTime: new Date("2024-02-07T00:00:00Z"), EndTime: new Date("2024-02-19T00:00:00Z") })).toEqual([
    "13 days ago",
    "2 days ago",
  ]);
});

// RDS API reference, DescribeEvents: Duration is 60 minutes unless it is given.
test("a period that only begins is an hour long, and one that only ends, too", async () => {
  const lab = await startLab("2024-02-20T00:00:00Z");
  for (const hour of [20, 21, 22, 23]) {
    const date = Date.parse(`2024-02-19T${hour}:30:00Z`);
    lab.rds.record({ sourceType: "CLUSTER", sourceIdentifier: "db-cluster", message: `${hour}:30`, date });
  }
  const messages = async (input: DescribeEventsCommandInput) =>
    (await lab.client.send(new DescribeEventsCommand(input))).Events?.map(({ Message }) => Message);
  expect(await messages({ StartTime: new Date("2024-02-19T20:00:00Z") })).toEqual(["20:30"]);
  expect(await messages({ EndTime: new Date("2024-02-19T23:00:00Z") })).toEqual(["22:30"]);
  expect(await messages({ StartTime: new Date("2024-02-19T20:00:00Z"), EndTime: new Date("2024-02-20T00:00:00Z") })).toHaveLength(4);
});

// Measured on an account on 2026-08-19: a StartTime of exactly 14 days ago is refused, one of a minute later is not.
test("a period that begins 14 days ago or earlier is refused, and one that begins a minute later is not", async () => {
  const lab = await startLab("2024-02-20T00:00:00Z");
  const EndTime = new Date("2024-02-20T00:00:00Z");
  const since = (StartTime: string) => lab.client.send(new DescribeEventsCommand({ StartTime: new Date(StartTime), EndTime }));
  for (const start of ["2024-02-06T00:00:00Z", "2024-02-05T23:59:00Z"]) {
    await expect(since(start)).rejects.toMatchObject({
      name: "InvalidParameterCombination",
      message: "Events occurring more than 14 days in the past are not available.",
      $metadata: { httpStatusCode: 400 },
    });
  }
  expect((await since("2024-02-06T00:01:00Z")).Events).toEqual([]);
});

test("events are found by source and by category; rows carry neither EventID nor tags, and the API's words for the source", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds, { tags: { team: "orders" } });
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(40);
    const { Events = [] } = await lab.client.send(
      new DescribeEventsCommand({ SourceType: "blue-green-deployment", SourceIdentifier: ARTICLE_IDS.deployment }),
    );
    expect(Events).toEqual([
      {
        SourceIdentifier: ARTICLE_IDS.deployment,
        SourceType: "blue-green-deployment",
        SourceArn: `${ARN}deployment:${ARTICLE_IDS.deployment}`,
        Message: expect.stringMatching(/^Blue\/green deployment tasks completed\./),
        EventCategories: ["creation"],
        Date: expect.any(Date),
      },
    ]);
    const created = await lab.client.send(new DescribeEventsCommand({ EventCategories: ["creation"] }));
    expect(created.Events?.map(({ SourceType }) => SourceType)).toEqual(["db-cluster", "db-instance", "blue-green-deployment"]);
    const pages: number[] = [];
    for await (const page of paginateDescribeEvents({ client: lab.client, pageSize: 20 }, {})) pages.push(page.Events?.length ?? 0);
    expect(pages).toEqual([20, lab.rds.history.length - 20]);
  });
});
