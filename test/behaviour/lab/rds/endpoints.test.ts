import {
  CreateBlueGreenDeploymentCommand,
  type DBClusterEndpoint,
  DeleteBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBClusterEndpointsCommand,
  type DescribeDBClusterEndpointsCommandInput,
  paginateDescribeDBClusterEndpoints,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { startLab, type TestLab } from "../../../support/lab/rds.ts";

const ARN = "arn:aws:rds:ap-northeast-1:123456789012";
const SUFFIXES = {
  "my-aurora-mysql-cluster": "3rnukl",
  "my-aurora-mysql-cluster-1": "gpmaxf",
  "my-aurora-mysql-cluster-2": "j2oajq",
  "my-aurora-mysql-cluster-3": "mkxies",
  "my-excluded-member-endpoint": "4sqjrq",
  "my-reader-endpoint": "gwwzlg",
};

/** The cluster and the custom endpoints of the AWS CLI reference, describe-blue-green-deployments, examples. */
async function startWithEndpoints(): Promise<TestLab> {
  const lab = await startLab();
  lab.rds.addCluster({
    identifier: "my-aurora-mysql-cluster",
    engine: "aurora-mysql",
    engineVersion: "5.7.mysql_aurora.2.11.5",
    parameterGroup: "p",
    instances: [1, 2, 3].map((number) => ({
      identifier: `my-aurora-mysql-cluster-${number}`,
      class: "db.r7g.large",
      parameterGroup: "p",
    })),
    endpoints: [
      { identifier: "my-excluded-member-endpoint", type: "ANY", excluded: ["my-aurora-mysql-cluster-1"] },
      { identifier: "my-reader-endpoint", members: ["my-aurora-mysql-cluster-2", "my-aurora-mysql-cluster-3"] },
    ],
  });
  return lab;
}

async function create({ rds, client, minutes }: TestLab): Promise<string> {
  rds.nextCreation = { ids: { suffixes: SUFFIXES } };
  const input = {
    BlueGreenDeploymentName: "my-blue-green-deployment",
    Source: `${ARN}:cluster:my-aurora-mysql-cluster`,
    TargetEngineVersion: "8.0.mysql_aurora.3.05.2",
  };
  const { BlueGreenDeployment } = await client.send(new CreateBlueGreenDeploymentCommand(input));
  await minutes(21);
  return BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

const deploymentOf = async ({ client }: TestLab) =>
  (await client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0];

async function customOf({ client }: TestLab): Promise<DBClusterEndpoint[]> {
  const Filters = [{ Name: "db-cluster-endpoint-type", Values: ["custom"] }];
  return (await client.send(new DescribeDBClusterEndpointsCommand({ Filters }))).DBClusterEndpoints ?? [];
}

const place = (it: DBClusterEndpoint) => `${it.DBClusterEndpointIdentifier} of ${it.DBClusterIdentifier}`;

test("custom endpoints are listed with the cluster's own, by cluster, by name and by filter", async () => {
  const lab = await startWithEndpoints();
  lab.rds.addCluster({ identifier: "other", engine: "aurora-mysql", engineVersion: "1", parameterGroup: "p", instances: [] });
  const list = async (input: DescribeDBClusterEndpointsCommandInput) =>
    (await lab.client.send(new DescribeDBClusterEndpointsCommand(input))).DBClusterEndpoints ?? [];
  const ofCluster = await list({ DBClusterIdentifier: "my-aurora-mysql-cluster" });
  expect(ofCluster.map(({ EndpointType }) => EndpointType)).toEqual(["WRITER", "READER", "CUSTOM", "CUSTOM"]);
  expect(ofCluster.at(-1)).toEqual({
    DBClusterEndpointIdentifier: "my-reader-endpoint",
    DBClusterIdentifier: "my-aurora-mysql-cluster",
    DBClusterEndpointResourceIdentifier: expect.stringMatching(/^cluster-endpoint-[A-Z0-9]{26}$/),
    Endpoint: expect.stringMatching(/^my-reader-endpoint\.cluster-custom-c[a-z0-9]{11}\.ap-northeast-1\.rds\.amazonaws\.com$/),
    Status: "available",
    EndpointType: "CUSTOM",
    CustomEndpointType: "READER",
    StaticMembers: ["my-aurora-mysql-cluster-2", "my-aurora-mysql-cluster-3"],
    ExcludedMembers: [],
    DBClusterEndpointArn: `${ARN}:cluster-endpoint:my-reader-endpoint`,
  });
  expect((await list({ DBClusterEndpointIdentifier: "My-Reader-Endpoint" })).map(place)).toEqual([
    "my-reader-endpoint of my-aurora-mysql-cluster",
  ]);
  const ids = { Name: "db-cluster-endpoint-id", Values: ["my-reader-endpoint", "nowhere"] };
  expect((await list({ Filters: [ids] })).map(place)).toEqual(["my-reader-endpoint of my-aurora-mysql-cluster"]);
  expect(await list({ Filters: [{ Name: "db-cluster-endpoint-custom-type", Values: ["any"] }] })).toHaveLength(1);
  expect(await list({ DBClusterEndpointIdentifier: "nowhere" })).toEqual([]);
  await expect(list({ DBClusterIdentifier: "nowhere" })).rejects.toMatchObject({ name: "DBClusterNotFoundFault" });
});

test("many endpoints come in pages, each once", async () => {
  const lab = await startLab();
  const names = Array.from({ length: 45 }, (_, index) => `endpoint-${String(index).padStart(2, "0")}`);
  const endpoints = names.map((identifier) => ({ identifier }));
  lab.rds.addCluster({ identifier: "z", engine: "aurora-mysql", engineVersion: "1", parameterGroup: "p", instances: [], endpoints });
  const pages: (string | undefined)[][] = [];
  for await (const page of paginateDescribeDBClusterEndpoints({ client: lab.client, pageSize: 20 }, {})) {
    pages.push((page.DBClusterEndpoints ?? []).map((it) => it.DBClusterEndpointIdentifier));
  }
  expect(pages.map(({ length }) => length)).toEqual([20, 20, 7]);
  expect(pages.flat().filter((name) => name !== undefined)).toEqual(names);
});

test("a deployment has its cluster's custom endpoints as members and a task for them, as AWS's sample has", async () => {
  const lab = await startWithEndpoints();
  await lab.story(async () => {
    await create(lab);
    const deployment = await deploymentOf(lab);
    const members = Object.entries(SUFFIXES).map(([name, suffix]) => [name, `${name}-green-${suffix}`]);
    expect(
      deployment?.SwitchoverDetails?.map(({ SourceMember, TargetMember }) => [
        SourceMember?.split(":").pop(),
        TargetMember?.split(":").pop(),
      ]),
    ).toEqual(members);
    expect(deployment?.SwitchoverDetails?.at(-1)).toEqual({
      SourceMember: `${ARN}:cluster-endpoint:my-reader-endpoint`,
      TargetMember: `${ARN}:cluster-endpoint:my-reader-endpoint-green-gwwzlg`,
      Status: "AVAILABLE",
    });
    expect(deployment?.Tasks).toEqual(
      ["CREATING_READ_REPLICA_OF_SOURCE", "DB_ENGINE_VERSION_UPGRADE", "CREATE_DB_INSTANCES_FOR_CLUSTER", "CREATE_CUSTOM_ENDPOINTS"].map(
        (Name) => ({ Name, Status: "COMPLETED" }),
      ),
    );
    const green = (await customOf(lab)).find((it) => it.DBClusterEndpointIdentifier === "my-reader-endpoint-green-gwwzlg");
    expect(green).toMatchObject({
      DBClusterIdentifier: "my-aurora-mysql-cluster-green-3rnukl",
      StaticMembers: ["my-aurora-mysql-cluster-2-green-j2oajq", "my-aurora-mysql-cluster-3-green-mkxies"],
    });
  });
});

test("a switchover hands over the names of custom endpoints with those of the databases", async () => {
  const lab = await startWithEndpoints();
  await lab.story(async () => {
    const BlueGreenDeploymentIdentifier = await create(lab);
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
    await lab.minutes(5);
    expect((await deploymentOf(lab))?.SwitchoverDetails?.at(-1)).toEqual({
      SourceMember: `${ARN}:cluster-endpoint:my-reader-endpoint-old1`,
      TargetMember: `${ARN}:cluster-endpoint:my-reader-endpoint`,
      Status: "SWITCHOVER_COMPLETED",
    });
    const custom = await customOf(lab);
    expect(custom.map(place)).toEqual([
      "my-excluded-member-endpoint-old1 of my-aurora-mysql-cluster-old1",
      "my-excluded-member-endpoint of my-aurora-mysql-cluster",
      "my-reader-endpoint-old1 of my-aurora-mysql-cluster-old1",
      "my-reader-endpoint of my-aurora-mysql-cluster",
    ]);
    expect(custom.at(-1)?.StaticMembers).toEqual(["my-aurora-mysql-cluster-2", "my-aurora-mysql-cluster-3"]);
  });
});

test("green's custom endpoints are deleted with green, blue's stay", async () => {
  const lab = await startWithEndpoints();
  await lab.story(async () => {
    const BlueGreenDeploymentIdentifier = await create(lab);
    await lab.client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget: true }));
    await lab.minutes(1);
    expect((await customOf(lab)).map(({ Status }) => Status)).toEqual(["deleting", "available", "deleting", "available"]);
    await lab.minutes(12);
    expect((await customOf(lab)).map(place)).toEqual([
      "my-excluded-member-endpoint of my-aurora-mysql-cluster",
      "my-reader-endpoint of my-aurora-mysql-cluster",
    ]);
    expect(await deploymentOf(lab)).toBeUndefined();
  });
});
