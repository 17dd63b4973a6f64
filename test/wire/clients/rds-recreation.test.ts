import { CreateBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import type { LabRds } from "../../../lab/rds/rds.ts";
import { createRdsDescribe } from "../../../src/clients/rds/describe/describe.ts";
import { createRds, type Rds } from "../../../src/clients/rds/rds.ts";
import type { DeploymentView } from "../../../src/deployments/deployment.ts";
import { preflight } from "../../../src/plans/preflight/preflight.ts";
import { preflightQuestion } from "../../../src/plans/preflight/question.ts";
import { safeToDelete } from "../../../src/plans/safe-to-delete.ts";
import { type CreateInput, toCreateInput } from "../../../src/plans/spec/input.ts";
import { type SettledSpec, settleSpec } from "../../../src/plans/spec/settled.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { startLab } from "../../support/lab/rds.ts";

const ARN = "arn:aws:rds:ap-northeast-1:123456789012:";

async function setUp() {
  const { clock, rds: lab, client, url: endpoint, minutes } = await startLab();
  const options = { endpoint, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const create = (input: CreateInput | (Partial<CreateInput> & Pick<CreateInput, "BlueGreenDeploymentName" | "Source">)) =>
    client.send(new CreateBlueGreenDeploymentCommand(input as CreateInput));
  return { clock, lab, rds: createRds(options), describe: createRdsDescribe(options), create, minutes };
}

async function viewOf(rds: Rds): Promise<DeploymentView> {
  const [deployment] = await rds.deployments();
  if (!deployment) throw new Error("The lab lists no deployment.");
  return { deployment, databases: await rds.databases([deployment]) };
}

function specIn(view: DeploymentView): SettledSpec {
  const { spec, missing } = settleSpec({ view });
  if (!spec) throw new Error(`The spec is not settled: ${JSON.stringify(missing)}.`);
  return spec;
}

const CLUSTER = {
  BlueGreenDeploymentName: "orders-upgrade",
  Source: `${ARN}cluster:orders`,
  TargetEngineVersion: "15.5",
  TargetDBClusterParameterGroupName: "orders-15",
  TargetDBParameterGroupName: "orders-instance-15",
  TargetResourceConfigurations: [{ SourceArn: `${ARN}cluster:orders`, TargetKmsKeyId: "arn:aws:kms:ap-northeast-1:123456789012:key/new" }],
  Tags: [{ Key: "team", Value: "orders" }],
};

function addOrders(lab: LabRds): void {
  const group = "orders-instance-14";
  const instances = ["orders-1", "orders-2"].map((identifier) => ({ identifier, class: "db.r6g.large", parameterGroup: group }));
  lab.addCluster({ identifier: "orders", engine: "aurora-postgresql", engineVersion: "14.10", parameterGroup: "orders-14", instances });
}

const SHOP = {
  BlueGreenDeploymentName: "shop-upgrade",
  Source: `${ARN}db:shop`,
  TargetEngineVersion: "8.4.3",
  TargetDBParameterGroupName: "shop-8-4",
  TargetDBInstanceClass: "db.m7g.large",
  TargetStorageType: "gp3",
  TargetAllocatedStorage: 500,
  TargetIops: 16_000,
  TargetStorageThroughput: 600,
  Tags: [],
};

function addShop(lab: LabRds): void {
  const storage = { allocated: 200, type: "gp2" };
  lab.addInstance({
    identifier: "shop",
    engine: "mysql",
    engineVersion: "8.0.36",
    class: "db.m6g.large",
    parameterGroup: "shop-8-0",
    storage,
  });
}

it.each([
  ["a cluster", CLUSTER, addOrders],
  ["an RDS instance", SHOP, addShop],
])("what %s was created with is read back from green, whole", async (_what, input, add) => {
  const { clock, lab, rds, create, minutes } = await setUp();
  add(lab);
  await clock.work(async () => {
    await create(input);
    await minutes(60);
    expect(toCreateInput(specIn(await viewOf(rds)), input.BlueGreenDeploymentName)).toEqual(input);
  });
});

it.each([
  ["a cluster", CLUSTER, addOrders],
  ["an RDS instance", SHOP, addShop],
])("the preflight of %s passes in the lab, but for who would create it", async (_what, input, add) => {
  const { clock, lab, rds, describe, create, minutes } = await setUp();
  add(lab);
  await clock.work(async () => {
    await create(input);
    await minutes(60);
    const view = await viewOf(rds);
    const spec = specIn(view);
    const question = preflightQuestion(view, spec);
    if (!question) throw new Error("Blue is there.");
    const checks = preflight(view, spec, await describe.preflight(question, undefined));
    expect(checks.filter(({ result }) => result !== "pass")).toMatchObject([{ id: "permissions", result: "unknown" }]);
  });
});

it("what would make the creation fail is found over the wire", async () => {
  const { clock, lab, rds, describe, create, minutes } = await setUp();
  addOrders(lab);
  await clock.work(async () => {
    await create(CLUSTER);
    await minutes(60);
    lab.change("orders", {
      parameterGroupStatus: "pending-reboot",
      tags: { "aws:cloudformation:stack-name": "orders" },
      shows: {
        BackupRetentionPeriod: 0,
        MasterUserSecret: { SecretArn: "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:x" },
        ReadReplicaIdentifiers: ["arn:aws:rds:us-east-1:123456789012:cluster:far"],
      },
    });
    lab.parameterGroups.add({
      kind: "cluster",
      name: "orders-14",
      family: "aurora-postgresql14",
      parameters: { "rds.logical_replication": "0" },
    });
    lab.parameterGroups.remove("db", "orders-instance-15");
    lab.engineVersions.get("aurora-postgresql")?.delete("15.5");
    const view = await viewOf(rds);
    const spec = specIn(view);
    const question = preflightQuestion(view, spec);
    if (!question) throw new Error("Blue is there.");
    const checks = preflight(view, spec, await describe.preflight(question, undefined));
    expect(Object.fromEntries(checks.filter(({ result }) => result !== "pass").map(({ id, result }) => [id, result]))).toEqual({
      topology: "fail",
      "writer-in-sync": "fail",
      "replication-parameters": "fail",
      backups: "fail",
      "master-password": "fail",
      "upgrade-target": "fail",
      "parameter-groups": "fail",
      permissions: "unknown",
      cloudformation: "warn",
    });
  });
});

it("a deployment is safe to delete only until it is switched over, as the lab shows it", async () => {
  const { clock, lab, rds, create, minutes } = await setUp();
  addOrders(lab);
  const verdict = async (deploymentId: string) => {
    const view = await viewOf(rds);
    const blue = { arn: CLUSTER.Source, resourceId: view.databases.find(({ arn }) => arn === CLUSTER.Source)?.resourceId };
    const { production } = standingOf({ view, facts: [] });
    return safeToDelete(view, { deploymentId, blue, production, intended: false }).verdict;
  };
  await clock.work(async () => {
    const { BlueGreenDeployment } = await create(CLUSTER);
    const id = BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
    expect(await verdict(id)).toBe("refuse");
    await minutes(60);
    expect(await verdict(id)).toBe("delete");
  });
});
