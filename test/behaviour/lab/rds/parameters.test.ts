import {
  CreateBlueGreenDeploymentCommand,
  DeleteBlueGreenDeploymentCommand,
  DescribeDBClusterParameterGroupsCommand,
  DescribeDBClusterParametersCommand,
  DescribeDBEngineVersionsCommand,
  DescribeDBParameterGroupsCommand,
  DescribeDBParametersCommand,
  paginateDescribeDBClusterParameters,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { ARTICLE_CREATE, ARTICLE_IDS, addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

async function startWithCluster(): Promise<TestLab> {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  return lab;
}

const clusterGroup = (lab: TestLab, DBClusterParameterGroupName: string) =>
  lab.client.send(new DescribeDBClusterParameterGroupsCommand({ DBClusterParameterGroupName }));
const instanceGroup = (lab: TestLab, DBParameterGroupName: string) =>
  lab.client.send(new DescribeDBParameterGroupsCommand({ DBParameterGroupName }));

test("the groups that databases name are there, of their version's family, and replication is on", async () => {
  const lab = await startWithCluster();
  expect((await clusterGroup(lab, "cluster-14")).DBClusterParameterGroups).toEqual([
    {
      DBClusterParameterGroupName: "cluster-14",
      DBParameterGroupFamily: "aurora-postgresql14",
      Description: "cluster-14",
      DBClusterParameterGroupArn: "arn:aws:rds:ap-northeast-1:123456789012:cluster-pg:cluster-14",
    },
  ]);
  expect((await instanceGroup(lab, "instance-14")).DBParameterGroups).toMatchObject([
    { DBParameterGroupFamily: "aurora-postgresql14", DBParameterGroupArn: "arn:aws:rds:ap-northeast-1:123456789012:pg:instance-14" },
  ]);
  const command = new DescribeDBClusterParametersCommand({
    DBClusterParameterGroupName: "cluster-14",
    Filters: [{ Name: "parameter-name", Values: ["rds.logical_replication"] }],
  });
  expect((await lab.client.send(command)).Parameters).toMatchObject([{ ParameterName: "rds.logical_replication", ParameterValue: "1" }]);
});

test("the groups of a creation stay there when its green is deleted", async () => {
  const lab = await startWithCluster();
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(60);
    await lab.client.send(
      new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: ARTICLE_IDS.deployment, DeleteTarget: true }),
    );
    await lab.minutes(15);
  });
  const { DBClusterParameterGroups } = await clusterGroup(lab, ARTICLE_CREATE.TargetDBClusterParameterGroupName);
  expect(DBClusterParameterGroups).toMatchObject([{ DBParameterGroupFamily: "aurora-postgresql15" }]);
});

test("AWS's default groups are there and replicate nothing logically; others are not found", async () => {
  const lab = await startLab();
  expect((await clusterGroup(lab, "default.aurora-postgresql15")).DBClusterParameterGroups).toHaveLength(1);
  const { Parameters } = await lab.client.send(new DescribeDBParametersCommand({ DBParameterGroupName: "default.postgres16" }));
  expect(Parameters).toContainEqual(expect.objectContaining({ ParameterName: "rds.logical_replication", ParameterValue: "0" }));
  await expect(clusterGroup(lab, "p")).rejects.toMatchObject({
    name: "DBClusterParameterGroupNotFoundFault",
    $metadata: { httpStatusCode: 404 },
  });
  await expect(instanceGroup(lab, "p")).rejects.toMatchObject({ name: "DBParameterGroupNotFoundFault" });
});

test("parameters come page by page, and those of a user apart from the engine's own", async () => {
  const lab = await startLab();
  const parameters = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`p${index}`, String(index)]));
  lab.rds.parameterGroups.add({
    kind: "cluster",
    name: "many",
    family: "aurora-mysql8.0",
    parameters: { ...parameters, unset: undefined },
  });
  const pages = paginateDescribeDBClusterParameters(
    { client: lab.client, pageSize: 20 },
    { DBClusterParameterGroupName: "many", Source: "user" },
  );
  const sizes: number[] = [];
  const names = new Set<string>();
  for await (const page of pages) {
    sizes.push(page.Parameters?.length ?? 0);
    for (const { ParameterName = "" } of page.Parameters ?? []) names.add(ParameterName);
  }
  expect(sizes).toEqual([20, 20, 7]);
  expect(names.has("p44")).toBe(true);
  expect(names.has("unset")).toBe(false);
});

test("a creation is refused with a group that was removed, and with one of another family", async () => {
  const lab = await startWithCluster();
  const create = (change: Partial<typeof ARTICLE_CREATE>) =>
    lab.client.send(new CreateBlueGreenDeploymentCommand({ ...ARTICLE_CREATE, ...change }));
  await expect(create({ TargetDBClusterParameterGroupName: "cluster-14" })).rejects.toMatchObject({
    name: "InvalidParameterCombination",
    message: expect.stringContaining("DBParameterGroupFamily aurora-postgresql14 can't be used"),
  });
  await expect(create({ TargetDBParameterGroupName: "default.aurora-postgresql14" })).rejects.toMatchObject({
    name: "InvalidParameterCombination",
  });
  lab.rds.parameterGroups.remove("cluster", ARTICLE_CREATE.TargetDBClusterParameterGroupName);
  await expect(create({})).rejects.toMatchObject({ name: "DBClusterParameterGroupNotFoundFault" });
  lab.rds.parameterGroups.remove("db", ARTICLE_CREATE.TargetDBParameterGroupName);
  await expect(create({ TargetDBClusterParameterGroupName: "default.aurora-postgresql15" })).rejects.toMatchObject({
    name: "DBParameterGroupNotFoundFault",
  });
});

test("a version names its family and what it can be upgraded to, and one that is taken out is not among them any more", async () => {
  const lab = await startLab();
  const versions = async (EngineVersion: string) =>
    (await lab.client.send(new DescribeDBEngineVersionsCommand({ Engine: "aurora-postgresql", EngineVersion }))).DBEngineVersions;
  const targets = async () => (await versions("14.10"))?.[0]?.ValidUpgradeTarget ?? [];
  expect((await versions("14.10"))?.[0]).toMatchObject({ DBParameterGroupFamily: "aurora-postgresql14" });
  expect(await targets()).toContainEqual(expect.objectContaining({ EngineVersion: "15.5", IsMajorVersionUpgrade: true }));
  expect(await targets()).toContainEqual(expect.objectContaining({ EngineVersion: "14.20", IsMajorVersionUpgrade: false }));
  expect((await targets()).map(({ EngineVersion }) => EngineVersion)).not.toContain("13.12");
  lab.rds.engineVersions.get("aurora-postgresql")?.delete("15.5");
  expect((await targets()).map(({ EngineVersion }) => EngineVersion)).not.toContain("15.5");
  expect(await versions("15.5")).toEqual([]);
  expect((await versions("15"))?.map(({ EngineVersion }) => EngineVersion)).toEqual(["15.15", "15.4", "15.6"]);
});
