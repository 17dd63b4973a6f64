import {
  CreateBlueGreenDeploymentCommand,
  DeleteBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  DescribeEventsCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { startLab } from "../../../support/lab/rds.ts";
import { clientOfFixture, elements, fixture, leaves } from "./fixture.ts";

const Source = "arn:aws:rds:us-west-2:123456789012:db:database-1";

async function startSample(at: string, deployment: string, suffix: string) {
  const lab = await startLab(at, { region: "us-west-2" });
  lab.rds.addInstance({
    identifier: "database-1",
    engine: "mysql",
    engineVersion: "8.0.36",
    class: "db.t3.micro",
    parameterGroup: "my-group",
  });
  lab.rds.nextCreation = { ids: { deployment, suffixes: { "database-1": suffix } } };
  return lab;
}

async function post(url: string, parameters: Record<string, string>): Promise<string> {
  const answer = await fetch(url, { method: "POST", body: new URLSearchParams({ ...parameters, Version: "2014-10-31" }) });
  expect(answer.headers.get("content-type")).toBe("text/xml");
  return answer.text();
}

const withoutRequestId = (found: string[]) => found.filter((leaf) => !leaf.includes("RequestId"));
const until = (time: string) => (new Date(time).getTime() - Date.parse("2023-01-10T18:42:09.330Z")) / 60_000;

test("create, switchover and delete of an RDS instance answer AWS's samples, element for element and value for value", async () => {
  const lab = await startSample("2023-01-10T18:42:09.330Z", "bgd-mdoyy2mn7vbkhhgg", "7jtrw5");
  const identifier = { BlueGreenDeploymentIdentifier: "bgd-mdoyy2mn7vbkhhgg" };
  const compare = (name: string, answer: string) => {
    expect(withoutRequestId(leaves(answer))).toEqual(withoutRequestId(leaves(fixture(name))));
    expect(elements(answer)).toEqual(elements(fixture(name)));
  };

  await lab.story(async () => {
    compare(
      "create-blue-green-deployment",
      await post(lab.url, { Action: "CreateBlueGreenDeployment", BlueGreenDeploymentName: "my-blue-green-deployment", Source }),
    );
    await lab.clock.until(Date.parse("2023-01-10T19:05:20Z"));
    compare(
      "switchover-blue-green-deployment",
      await post(lab.url, { Action: "SwitchoverBlueGreenDeployment", ...identifier, SwitchoverTimeout: "400" }),
    );
    await lab.clock.until(Date.parse("2023-01-10T19:11:51.293Z"));
    compare("delete-blue-green-deployment", await post(lab.url, { Action: "DeleteBlueGreenDeployment", ...identifier }));
  });
});

test("the SDK reads the lab's answers as it reads AWS's samples", async () => {
  const lab = await startSample("2023-01-10T18:42:09.330Z", "bgd-mdoyy2mn7vbkhhgg", "7jtrw5");
  const BlueGreenDeploymentIdentifier = "bgd-mdoyy2mn7vbkhhgg";
  const create = new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: "my-blue-green-deployment", Source });
  const switchover = new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, SwitchoverTimeout: 400 });
  const remove = new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier });

  await lab.story(async () => {
    const created = await lab.client.send(create);
    await lab.minutes(until("2023-01-10T19:05:20Z"));
    const switched = await lab.client.send(switchover);
    await lab.clock.until(Date.parse("2023-01-10T19:11:51.293Z"));
    const removed = await lab.client.send(remove);

    const sample = {
      create: await clientOfFixture("create-blue-green-deployment"),
      switchover: await clientOfFixture("switchover-blue-green-deployment"),
      remove: await clientOfFixture("delete-blue-green-deployment"),
    };
    expect(created.BlueGreenDeployment).toEqual((await sample.create.send(create)).BlueGreenDeployment);
    expect(switched.BlueGreenDeployment).toEqual((await sample.switchover.send(switchover)).BlueGreenDeployment);
    expect(removed.BlueGreenDeployment).toEqual((await sample.remove.send(remove)).BlueGreenDeployment);
  });
});

test("a deployment that is being created is described as in AWS's sample", async () => {
  const lab = await startSample("2023-01-10T20:08:48.940Z", "bgd-clyvb1zv1geqensv", "mhv83d");
  const describe = new DescribeBlueGreenDeploymentsCommand({ BlueGreenDeploymentIdentifier: "bgd-clyvb1zv1geqensv" });
  await lab.story(async () => {
    await lab.client.send(
      new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: "my-blue-green-deployment", Source, TargetEngineVersion: "8.4.3" }),
    );
    await lab.minutes(5);
    const answer = await post(lab.url, { Action: "DescribeBlueGreenDeployments", BlueGreenDeploymentIdentifier: "bgd-clyvb1zv1geqensv" });
    expect(withoutRequestId(leaves(answer))).toEqual(withoutRequestId(leaves(fixture("describe-blue-green-deployments"))));
    const sample = await (await clientOfFixture("describe-blue-green-deployments")).send(describe);
    expect((await lab.client.send(describe)).BlueGreenDeployments).toEqual(sample.BlueGreenDeployments);
  });
});

test("events are listed as in AWS's sample, each with its SourceArn besides", async () => {
  const lab = await startLab("2014-04-21T06:30:00Z", { region: "us-west-2" });
  const backup = { sourceType: "DB_INSTANCE", sourceIdentifier: "mypgdbinstance", categories: ["backup"] } as const;
  lab.rds.record({ ...backup, message: "Backing up DB instance", date: Date.parse("2014-04-21T06:23:33.866Z") });
  lab.rds.record({ ...backup, message: "Finished DB Instance backup", date: Date.parse("2014-04-21T06:25:03.928Z") });

  const answer = await post(lab.url, { Action: "DescribeEvents", Duration: "1440", MaxRecords: "100" });
  expect(withoutRequestId(leaves(answer)).filter((leaf) => !leaf.includes("/SourceArn["))).toEqual(
    withoutRequestId(leaves(fixture("describe-events"))),
  );
  const sample = await (await clientOfFixture("describe-events")).send(new DescribeEventsCommand());
  const { Events = [] } = await lab.client.send(new DescribeEventsCommand());
  expect(Events.map(({ SourceArn: _, ...event }) => event)).toEqual(sample.Events);
  expect(Events[0]?.SourceArn).toBe("arn:aws:rds:us-west-2:123456789012:db:mypgdbinstance");
});

test("a cluster has only elements that AWS's sample has", async () => {
  const lab = await startLab("2026-01-01T00:00:00Z", { region: "us-west-2" });
  lab.rds.addCluster({
    identifier: "my-cluster",
    engine: "aurora-postgresql",
    engineVersion: "17.4",
    parameterGroup: "my-cluster-param-1",
    instances: [{ identifier: "my-cluster-instance-1", class: "db.r7g.large", parameterGroup: "p" }],
    kmsKeyId: "arn:aws:kms:us-west-2:123456789012:key/123EXAMPLE-abcd-4567-efgEXAMPLE",
  });
  const known = elements(fixture("describe-db-clusters"));
  expect(elements(await post(lab.url, { Action: "DescribeDBClusters" })).filter((element) => !known.includes(element))).toEqual([]);
  const of = new DescribeDBClustersCommand();
  const [sample] = (await (await clientOfFixture("describe-db-clusters")).send(of)).DBClusters ?? [];
  const [cluster] = (await lab.client.send(of)).DBClusters ?? [];
  for (const field of [
    "DBClusterArn",
    "DBClusterParameterGroup",
    "Engine",
    "EngineVersion",
    "Status",
    "Port",
    "KmsKeyId",
    "StorageEncrypted",
    "EngineMode",
  ] as const) {
    expect(cluster?.[field]).toEqual(sample?.[field]);
  }
  expect(cluster?.DbClusterResourceId).toMatch(/^cluster-[A-Z0-9]{26}$/);
  expect(cluster?.Endpoint).toMatch(/^my-cluster\.cluster-[a-z0-9]{12}\.us-west-2\.rds\.amazonaws\.com$/);
});

test("a refusal has the form of AWS's and becomes the SDK's own error class", async () => {
  const lab = await startLab();
  const answer = await post(lab.url, { Action: "DescribeDBInstances", DBInstanceIdentifier: "foo" });
  expect(withoutRequestId(leaves(answer))).toEqual(withoutRequestId(leaves(fixture("not-found"))));
  const command = new DescribeDBInstancesCommand({ DBInstanceIdentifier: "foo" });
  const expected = { name: "DBInstanceNotFoundFault", message: "DBInstance foo not found.", $metadata: { httpStatusCode: 404 } };
  await expect((await clientOfFixture("not-found", 404)).send(command)).rejects.toMatchObject(expected);
  await expect(lab.client.send(command)).rejects.toMatchObject(expected);
});

test("an action that the lab does not serve is refused with InvalidAction, in a GET too", async () => {
  const lab = await startLab();
  const answer = await fetch(`${lab.url}/?Action=DeleteDBCluster&DBClusterIdentifier=x&Version=2014-10-31`);
  expect(answer.status).toBe(400);
  expect(leaves(await answer.text())).toContain("ErrorResponse[1]/Error[1]/Code[1]=InvalidAction");
});
