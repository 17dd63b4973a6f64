import {
  CreateBlueGreenDeploymentCommand,
  type CreateBlueGreenDeploymentCommandInput,
  DeleteBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { describe, expect, test } from "vitest";
import { ARTICLE_CREATE, addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

const ARN = "arn:aws:rds:ap-northeast-1:123456789012:";

async function startWithDatabases(): Promise<TestLab> {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  const cluster = { engineVersion: "1", parameterGroup: "p", instances: [] };
  lab.rds.addCluster({ ...cluster, identifier: "docs", engine: "docdb" });
  lab.rds.addCluster({ ...cluster, identifier: "busy", engine: "aurora-postgresql", status: "modifying" });
  const instance = { class: "db.t3.micro", parameterGroup: "p" };
  lab.rds.addInstance({ ...instance, identifier: "oracle", engine: "oracle-ee", engineVersion: "19" });
  lab.rds.addInstance({ ...instance, identifier: "stopped", engine: "mysql", engineVersion: "8.0.36", status: "stopped" });
  lab.rds.addInstance({ ...instance, identifier: "mysql", engine: "mysql", engineVersion: "8.0.36" });
  const topology = { ...instance, engine: "mysql", engineVersion: "8.0.36" };
  lab.rds.addInstance({ ...topology, identifier: "top" });
  lab.rds.addInstance({ ...topology, identifier: "middle", replicaOf: "top" });
  lab.rds.addInstance({ ...topology, identifier: "bottom", replicaOf: "middle" });
  return lab;
}

const MYSQL = { Source: `${ARN}db:mysql`, TargetEngineVersion: undefined, TargetDBClusterParameterGroupName: undefined };
const KEY = { SourceArn: `${ARN}db:mysql`, TargetKmsKeyId: "key" };

const CREATES: [string, Partial<CreateBlueGreenDeploymentCommandInput>, string, number?][] = [
  ["a name with two hyphens", { BlueGreenDeploymentName: "blue--green" }, "InvalidParameterValue"],
  ["a name that ends with a hyphen", { BlueGreenDeploymentName: "blue-" }, "InvalidParameterValue"],
  ["a name of 61 characters", { BlueGreenDeploymentName: "b".repeat(61) }, "InvalidParameterValue"],
  ["no name", { BlueGreenDeploymentName: undefined }, "MissingParameter"],
  ["no source", { Source: undefined }, "MissingParameter"],
  ["a source that is no ARN", { Source: "db-cluster" }, "InvalidParameterValue"],
  ["an unknown cluster", { Source: `${ARN}cluster:nowhere` }, "DBClusterNotFoundFault", 404],
  ["an unknown instance", { Source: `${ARN}db:nowhere` }, "DBInstanceNotFoundFault", 404],
  ["a cluster's instance", { Source: `${ARN}db:db-instance-writer` }, "SourceDatabaseNotSupportedFault"],
  ["a cluster's engine without blue/green deployments", { Source: `${ARN}cluster:docs` }, "SourceClusterNotSupportedFault"],
  ["an instance's engine without blue/green deployments", { Source: `${ARN}db:oracle` }, "SourceDatabaseNotSupportedFault"],
  ["a cluster that is not available", { Source: `${ARN}cluster:busy`, TargetEngineVersion: undefined }, "InvalidDBClusterStateFault"],
  [
    "an instance that is not available",
    { Source: `${ARN}db:stopped`, TargetEngineVersion: undefined, TargetDBClusterParameterGroupName: undefined },
    "InvalidDBInstanceStateFault",
  ],
  ["an instance class for Aurora", { TargetDBInstanceClass: "db.r7g.large" }, "InvalidParameterCombination"],
  ["storage for Aurora", { TargetAllocatedStorage: 100 }, "InvalidParameterCombination"],
  ["a cluster parameter group for an instance", { Source: `${ARN}db:mysql`, TargetEngineVersion: "8.4.3" }, "InvalidParameterCombination"],
  ["an older version", { TargetEngineVersion: "13.9" }, "InvalidParameterCombination"],
  ["a read replica", { ...MYSQL, Source: `${ARN}db:bottom` }, "SourceDatabaseNotSupportedFault"],
  ["an instance whose replica has a replica", { ...MYSQL, Source: `${ARN}db:top` }, "SourceDatabaseNotSupportedFault"],
  ["an instance class that is none", { ...MYSQL, TargetDBInstanceClass: "m7g.large" }, "InvalidParameterValue"],
  ["a storage type that is none", { ...MYSQL, TargetStorageType: "gp4" }, "InvalidParameterValue"],
  ["a key for what is no database", { ...MYSQL, TargetResourceConfigurations: [{ ...KEY, SourceArn: "mysql" }] }, "InvalidParameterValue"],
  ["two keys for one database", { ...MYSQL, TargetResourceConfigurations: [KEY, KEY] }, "InvalidParameterValue"],
  ["a reserved tag", { Tags: [{ Key: "aws:cloudformation:stack-name", Value: "x" }] }, "InvalidParameterValue"],
];

describe("create is refused as AWS refuses it", () => {
  test.each(CREATES)("for %s", async (_what, change, name, httpStatusCode = 400) => {
    const lab = await startWithDatabases();
    const input = { ...ARTICLE_CREATE, ...change } as CreateBlueGreenDeploymentCommandInput;
    await expect(lab.client.send(new CreateBlueGreenDeploymentCommand(input))).rejects.toMatchObject({
      name,
      $metadata: { httpStatusCode },
    });
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments).toEqual([]);
    expect(lab.rds.history).toEqual([]);
  });

  test("for a name that is taken, and for a source that is taken", async () => {
    const lab = await startWithDatabases();
    await lab.story(async () => {
      await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
      await expect(lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE))).rejects.toMatchObject({
        name: "BlueGreenDeploymentAlreadyExistsFault",
      });
      const other = { ...ARTICLE_CREATE, BlueGreenDeploymentName: "other" };
      await expect(lab.client.send(new CreateBlueGreenDeploymentCommand(other))).rejects.toMatchObject({
        name: "InvalidDBClusterStateFault",
      });
      await lab.client.send(new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: "mysql", Source: `${ARN}db:mysql` }));
      const again = { BlueGreenDeploymentName: "mysql-2", Source: `${ARN}db:mysql` };
      await expect(lab.client.send(new CreateBlueGreenDeploymentCommand(again))).rejects.toMatchObject({
        name: "InvalidDBInstanceStateFault",
      });
    });
  });
});

test("a deployment that is not there is not found by any call", async () => {
  const lab = await startLab();
  const BlueGreenDeploymentIdentifier = "bgd-0000000000000000";
  const expected = { name: "BlueGreenDeploymentNotFoundFault", $metadata: { httpStatusCode: 404 } };
  await expect(lab.client.send(new DescribeBlueGreenDeploymentsCommand({ BlueGreenDeploymentIdentifier }))).rejects.toMatchObject(expected);
  await expect(lab.client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }))).rejects.toMatchObject(expected);
  await expect(lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }))).rejects.toMatchObject(
    expected,
  );
});

// RDS API reference, DescribeBlueGreenDeployments, the pattern of BlueGreenDeploymentIdentifier.
test("what cannot be a deployment's id is refused before it is looked for", async () => {
  const lab = await startLab();
  for (const BlueGreenDeploymentIdentifier of ["blue green", "1bgd", `b${"g".repeat(255)}`]) {
    const expected = { name: "InvalidParameterValue", $metadata: { httpStatusCode: 400 } };
    await expect(lab.client.send(new DescribeBlueGreenDeploymentsCommand({ BlueGreenDeploymentIdentifier }))).rejects.toMatchObject(
      expected,
    );
    await expect(lab.client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }))).rejects.toMatchObject(expected);
  }
});

test("a deployment that is being created cannot be switched over, nor with a timeout outside 30 to 3600", async () => {
  const lab = await startWithDatabases();
  await lab.story(async () => {
    const { BlueGreenDeployment } = await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    const switchover = (SwitchoverTimeout?: number) =>
      lab.client.send(
        new SwitchoverBlueGreenDeploymentCommand({
          BlueGreenDeploymentIdentifier: BlueGreenDeployment?.BlueGreenDeploymentIdentifier,
          SwitchoverTimeout,
        }),
      );
    await expect(switchover()).rejects.toMatchObject({ name: "InvalidBlueGreenDeploymentStateFault" });
    for (const seconds of [29, 3601]) await expect(switchover(seconds)).rejects.toMatchObject({ name: "InvalidParameterValue" });
  });
});

test("bad requests to describe are refused", async () => {
  const lab = await startLab();
  for (const MaxRecords of [19, 101]) {
    await expect(lab.client.send(new DescribeDBInstancesCommand({ MaxRecords }))).rejects.toMatchObject({ name: "InvalidParameterValue" });
  }
  const refused = [
    [new DescribeEventsCommand({ SourceIdentifier: "db-cluster" }), "InvalidParameterCombination"],
    [new DescribeEventsCommand({ Duration: 5, StartTime: new Date(0) }), "InvalidParameterCombination"],
    [
      new DescribeEventsCommand({ StartTime: new Date("2024-02-05T06:00:00Z"), EndTime: new Date("2024-02-05T05:59:00Z") }),
      "InvalidParameterCombination",
    ],
    [new DescribeEventsCommand({ SourceType: "cluster" as "db-cluster" }), "InvalidParameterValue"],
    [new DescribeEventsCommand({ Marker: "?" }), "InvalidParameterValue"],
  ] as const;
  for (const [command, name] of refused) await expect(lab.client.send(command)).rejects.toMatchObject({ name });
  await expect(lab.client.send(new DescribeDBClustersCommand({ Filters: [{ Name: "colour", Values: ["blue"] }] }))).rejects.toMatchObject({
    name: "InvalidParameterValue",
    message: "Unrecognized filter name: colour",
  });
});
