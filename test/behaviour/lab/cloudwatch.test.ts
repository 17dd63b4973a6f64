import { CloudWatchClient, GetMetricDataCommand, ListDashboardsCommand } from "@aws-sdk/client-cloudwatch";
import { CreateBlueGreenDeploymentCommand, SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { openPlace } from "../../../local/cli/operations/place.ts";
import { createMetrics } from "../../../src/clients/metrics.ts";
import { createRds } from "../../../src/clients/rds/rds.ts";
import { type Lag, lagMetricOf } from "../../../src/deployments/lag.ts";
import { viewOf } from "../../../src/operations/read/view-of.ts";
import { ARTICLE_CREATE, ARTICLE_IDS, addArticleCluster } from "../../support/lab/rds.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";

const ID = ARTICLE_IDS.deployment;
const ARN = "arn:aws:rds:ap-northeast-1:123456789012:db:orders";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab();
});
afterEach(() => lab.close());

const aws = () => ({ endpoint: lab.url, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } });

/** Creates a deployment and waits until it is ready. */
async function create(request: ConstructorParameters<typeof CreateBlueGreenDeploymentCommand>[0]): Promise<void> {
  lab.rds.nextCreation = { ids: { deployment: ID } };
  await lab.clock.work(async () => {
    await lab.aws.send(new CreateBlueGreenDeploymentCommand(request));
  });
  await minutes(70);
}

const createCluster = () => {
  addArticleCluster(lab.rds);
  return create(ARTICLE_CREATE);
};

function createInstance(engine: string, engineVersion: string, TargetEngineVersion: string): Promise<void> {
  lab.rds.addInstance({ identifier: "orders", engine, engineVersion, class: "db.m6g.large", parameterGroup: "orders" });
  return create({ BlueGreenDeploymentName: "orders", Source: ARN, TargetEngineVersion });
}

const minutes = (count: number) => lab.clock.work(() => lab.clock.until(lab.clock.now() + count * 60_000));

/** The lag as the guard reads it: by the API which metric, by CloudWatch its values. */
async function lag(): Promise<Lag | undefined> {
  const view = await viewOf(ID, createRds(aws()));
  const metric = view && lagMetricOf(view);
  return metric && (await createMetrics(aws()).lag([metric], lab.clock.now()))[0];
}

describe("the lab's lag, as the guard reads it", () => {
  it("falls once green is ready, until it is small", async () => {
    addArticleCluster(lab.rds);
    lab.rds.nextCreation = { minutes: 40, ids: ARTICLE_IDS };
    await lab.clock.work(async () => {
      await lab.aws.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    });
    await minutes(48);
    const name = { name: "OldestReplicationSlotLag", instance: "db-instance-writer" };
    expect(await lag()).toMatchObject({ state: "measured", metric: name, trend: "falling", aboutMsToZero: expect.any(Number) });
    await minutes(40);
    const later = await lag();
    expect(later).toMatchObject({ state: "measured", trend: "steady" });
    expect(later?.state === "measured" && later.value).toBeLessThan(64 * 1024 ** 2);
  });

  it("rises once DDL on blue broke the replication, also while RDS has not found it", async () => {
    await createCluster();
    await minutes(30);
    lab.rds.runDdl("db-cluster", "ALTER TABLE orders ADD COLUMN note text", "unseen");
    await minutes(20);
    expect(await lag()).toMatchObject({ state: "measured", trend: "rising" });
  });

  it("is of green's instance for MySQL, and -1 while it does not replicate", async () => {
    await createInstance("mysql", "8.0.42", "8.4.6");
    await minutes(60);
    const metric = { name: "ReplicaLag", side: "green", instance: expect.stringMatching(/^orders-green-/) };
    expect(await lag()).toMatchObject({ state: "measured", metric, value: 0, unit: "seconds" });
    lab.rds.stopReplication(ID);
    await minutes(10);
    expect(await lag()).toMatchObject({ state: "not-replicating" });
    lab.rds.resumeReplication(ID);
    await minutes(10);
    expect(await lag()).toMatchObject({ state: "measured", value: 0 });
  });

  it("is of green for RDS for PostgreSQL that replicates physically", async () => {
    await createInstance("postgres", "14.10", "14.11");
    expect(await lag()).toMatchObject({ state: "measured", metric: { name: "ReplicaLag", side: "green", sinceTransaction: true } });
  });

  it("has no metric to ask for after the switchover", async () => {
    await createCluster();
    await minutes(30);
    await lab.clock.work(async () => {
      await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: ID }));
    });
    await minutes(30);
    expect(await createRds(aws()).deployment(ID)).toMatchObject({ status: "SWITCHOVER_COMPLETED" });
    expect(await lag()).toBeUndefined();
    expect(lab.rds.lagAt("OldestReplicationSlotLag", "db-instance-writer", lab.clock.now())).toBeUndefined();
  });

  it("is read at a terminal, too, where AWS_ENDPOINT_URL alone names the lab", async () => {
    await createCluster();
    const environment = {
      AWS_ENDPOINT_URL: lab.url,
      AWS_REGION: "ap-northeast-1",
      AWS_ACCESS_KEY_ID: "lab",
      AWS_SECRET_ACCESS_KEY: "lab",
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const { metrics, rds } = await openPlace(environment);
    const view = await viewOf(ID, rds);
    const metric = view && lagMetricOf(view);
    expect(metric && (await metrics.lag([metric], lab.clock.now()))).toEqual([await lag()]);
  });

  it("is unknown while CloudWatch has no data", async () => {
    await createCluster();
    lab.cloudwatch.noData();
    expect(await lag()).toMatchObject({ state: "unknown", why: { code: "no-data" } });
    lab.cloudwatch.noData(false);
    expect(await lag()).toMatchObject({ state: "measured" });
  });
});

describe("GetMetricData over the SDK's client", () => {
  const ask = (changes: object = {}, metric = "OldestReplicationSlotLag", Namespace = "AWS/RDS") => {
    const client = new CloudWatchClient({ ...aws(), maxAttempts: 1 });
    const Metric = { Namespace, MetricName: metric, Dimensions: [{ Name: "DBInstanceIdentifier", Value: "db-instance-writer" }] };
    const now = lab.clock.now();
    return client
      .send(
        new GetMetricDataCommand({
          MetricDataQueries: [{ Id: "a", MetricStat: { Metric, Period: 60, Stat: "Maximum" } }],
          StartTime: new Date(now - 5 * 60_000),
          EndTime: new Date(now),
          ...changes,
        }),
      )
      .finally(() => client.destroy());
  };

  it("lists a value a minute, the newest first", async () => {
    await createCluster();
    const { MetricDataResults = [] } = await ask();
    const [result] = MetricDataResults;
    expect(result).toMatchObject({ Id: "a", Label: "OldestReplicationSlotLag", StatusCode: "Complete" });
    const newest = Math.floor(lab.clock.now() / 60_000 - 1) * 60_000;
    expect(result?.Timestamps).toEqual([0, 1, 2, 3].map((minute) => new Date(newest - minute * 60_000)));
    expect(result?.Values).toHaveLength(result?.Timestamps?.length ?? 0);
  });

  it.each([
    ["another metric", "CPUUtilization", "AWS/RDS"],
    ["another namespace", "OldestReplicationSlotLag", "AWS/EC2"],
  ])("has no values of %s, and is Complete nevertheless", async (_, metric, namespace) => {
    await createCluster();
    expect((await ask({}, metric, namespace)).MetricDataResults).toMatchObject([{ Values: [], StatusCode: "Complete" }]);
  });

  it("refuses a time that ends before it begins, and more than 500 metrics", async () => {
    await expect(ask({ EndTime: new Date(0) })).rejects.toMatchObject({ name: "ValidationException" });
    const many = Array.from({ length: 501 }, (_, index) => ({ Id: `m${index}`, Expression: "1" }));
    await expect(ask({ MetricDataQueries: many })).rejects.toMatchObject({ name: "ValidationException" });
  });

  it("names what it plays where it is asked for something else", async () => {
    const client = new CloudWatchClient({ ...aws(), maxAttempts: 1 });
    await expect(client.send(new ListDashboardsCommand({}))).rejects.toThrow(
      'The lab does not play "ListDashboards", only DescribeAlarms, ListMetrics, GetMetricData.',
    );
    client.destroy();
  });
});
