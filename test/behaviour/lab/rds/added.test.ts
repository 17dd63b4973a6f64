import {
  CreateBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { ARTICLE_CREATE, addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

const ARN = "arn:aws:rds:ap-northeast-1:123456789012";
const ADDED = {
  BlueGreenDeploymentIdentifier: "bgd-canal00000000001",
  BlueGreenDeploymentName: "canal-rehearsal-bg",
  Source: `${ARN}:db:canal-primary`,
  Target: `${ARN}:db:canal-primary-green-zyxwvu`,
  Status: "AVAILABLE",
};

const deployments = async ({ client }: TestLab) => (await client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments;

test("what is listed of an added deployment can change field by field, and end", async () => {
  const lab = await startLab();
  lab.rds.addDeployment(ADDED);
  const switched = { Source: `${ARN}:db:canal-primary-old1`, Target: `${ARN}:db:canal-primary`, Status: "SWITCHOVER_COMPLETED" };
  lab.rds.changeDeployment(ADDED.BlueGreenDeploymentIdentifier, switched);
  expect(await deployments(lab)).toEqual([{ ...ADDED, ...switched }]);
  const bySource = new DescribeBlueGreenDeploymentsCommand({ Filters: [{ Name: "source", Values: ["canal-primary-old1"] }] });
  expect((await lab.client.send(bySource)).BlueGreenDeployments).toHaveLength(1);
  lab.rds.changeDeployment(ADDED.BlueGreenDeploymentIdentifier, undefined);
  expect(await deployments(lab)).toEqual([]);
  expect(() => lab.rds.changeDeployment("bgd-other", {})).toThrow("no deployment bgd-other that addDeployment added");
});

// MISSING_SOURCE and MISSING_TARGET: RDS API, SwitchoverDetail.Status.
test("a database that somebody removed is gone without an event, and its pair misses it", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds, { readers: ["reader"] });
  lab.rds.nextCreation = { ids: { suffixes: { "db-instance-writer": "8n9hio" } } };
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(40);
    const before = lab.rds.history.length;
    lab.rds.removeDatabase("reader");
    lab.rds.removeDatabase("db-instance-writer-green-8n9hio");
    const [deployment] = (await deployments(lab)) ?? [];
    expect(deployment?.SwitchoverDetails?.map(({ Status }) => Status)).toEqual(["AVAILABLE", "MISSING_TARGET", "MISSING_SOURCE"]);
    expect(lab.rds.history.length).toBe(before);
    const BlueGreenDeploymentIdentifier = deployment?.BlueGreenDeploymentIdentifier;
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
    await lab.minutes(5);
    const after = (await deployments(lab))?.[0]?.SwitchoverDetails;
    expect(after?.map(({ Status }) => Status)).toEqual(["SWITCHOVER_COMPLETED", "MISSING_TARGET", "MISSING_SOURCE"]);
    expect(after?.at(-1)?.SourceMember).toBe(`${ARN}:db:reader`);
  });
});

test("a cluster that somebody removed takes its instances along", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.removeDatabase("db-cluster");
  expect((await lab.client.send(new DescribeDBClustersCommand())).DBClusters).toEqual([]);
  expect((await lab.client.send(new DescribeDBInstancesCommand())).DBInstances).toEqual([]);
  expect(() => lab.rds.removeDatabase("db-cluster")).toThrow("The lab has no database db-cluster");
});
