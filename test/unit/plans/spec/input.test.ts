import type { CreateBlueGreenDeploymentCommandInput } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import type { Configuration } from "../../../../src/deployments/configuration.ts";
import { toCreateInput } from "../../../../src/plans/spec/input.ts";
import type { SettledSpec } from "../../../../src/plans/spec/settled.ts";
import { type Changes, rdsView, specFor, viewOf } from "../../../support/deployments/recreating.ts";
import { cluster, first, instance } from "../../../support/deployments/upgrade.ts";

const inputOf = (spec: SettledSpec, tags = {}): CreateBlueGreenDeploymentCommandInput => toCreateInput(spec, "blue-green-a1b2c3d4", tags);
const ofGreen = (configuration: Partial<Configuration>): Changes => ({ "orders-green-a1b2c3": { configuration } });

describe("of a cluster", () => {
  it("the input names version and both parameter groups, and nothing that RDS refuses for Aurora", () => {
    const view = viewOf(first({ tags: { team: "orders" } }), {
      "db-instance-writer-green-8n9hio": { configuration: { instanceClass: "db.r6g.xlarge" } },
      "db-cluster-green-ak5mgh": { configuration: { storageType: "aurora-iopt1", iops: 5, allocatedStorage: 9 } },
    });
    expect(inputOf(specFor(view))).toEqual({
      BlueGreenDeploymentName: "blue-green-a1b2c3d4",
      Source: cluster("db-cluster"),
      TargetEngineVersion: "15.5",
      TargetDBClusterParameterGroupName: "cluster-15",
      TargetDBParameterGroupName: "instance-15",
      Tags: [{ Key: "team", Value: "orders" }],
    });
  });

  it("even a spec that says otherwise makes no input that RDS refuses for Aurora", () => {
    const differences = { value: { targetDBInstanceClass: "db.r6g.xlarge", targetIops: 3000 }, from: "record" as const };
    const input = inputOf({ ...specFor(viewOf()), differences });
    expect(Object.keys(input).filter((key) => /Class|Iops|Storage/.test(key))).toEqual([]);
  });

  it("another KMS key is asked for the cluster alone", () => {
    const kmsKeyId = "arn:aws:kms:ap-northeast-1:123456789012:key/new";
    const view = viewOf(first(), {
      "db-cluster-green-ak5mgh": { configuration: { kmsKeyId } },
      "db-instance-writer-green-8n9hio": { configuration: { kmsKeyId } },
    });
    expect(inputOf(specFor(view)).TargetResourceConfigurations).toEqual([{ SourceArn: cluster("db-cluster"), TargetKmsKeyId: kmsKeyId }]);
  });
});

describe("of an RDS instance", () => {
  it("what is as blue has it is left out", () => {
    expect(inputOf(specFor(rdsView()))).toEqual({
      BlueGreenDeploymentName: "blue-green-a1b2c3d4",
      Source: instance("orders"),
      TargetEngineVersion: "8.4.3",
      TargetDBParameterGroupName: "mysql-8-4",
      Tags: [],
    });
  });

  it("class, storage and key are named where green's are not blue's", () => {
    const kmsKeyId = "arn:aws:kms:ap-northeast-1:123456789012:key/new";
    const view = rdsView(ofGreen({ instanceClass: "db.m7g.large", allocatedStorage: 800, iops: 16_000, storageThroughput: 750, kmsKeyId }));
    expect(inputOf(specFor(view))).toMatchObject({
      TargetDBInstanceClass: "db.m7g.large",
      TargetAllocatedStorage: 800,
      TargetIops: 16_000,
      TargetStorageThroughput: 750,
      TargetResourceConfigurations: [{ SourceArn: instance("orders"), TargetKmsKeyId: kmsKeyId }],
    });
  });

  it("IOPS and throughput of a small gp3 volume are the baseline's and not named, as gp2's are", () => {
    const gp3 = inputOf(specFor(rdsView(ofGreen({ allocatedStorage: 200, iops: 3_000, storageThroughput: 125 }))));
    expect(gp3).toMatchObject({ TargetAllocatedStorage: 200 });
    expect(gp3).not.toHaveProperty("TargetIops");
    expect(gp3).not.toHaveProperty("TargetStorageThroughput");
    const gp2 = inputOf(specFor(rdsView(ofGreen({ storageType: "gp2", iops: 1_500 }))));
    expect(gp2).toMatchObject({ TargetStorageType: "gp2" });
    expect(gp2).not.toHaveProperty("TargetIops");
    const io2 = inputOf(specFor(rdsView(ofGreen({ storageType: "io2", iops: 20_000, storageThroughput: 900 }))));
    expect(io2).toMatchObject({ TargetStorageType: "io2", TargetIops: 20_000 });
    expect(io2).not.toHaveProperty("TargetStorageThroughput");
  });

  it("a class whose name creation refuses is not named", () => {
    expect(inputOf(specFor(rdsView(ofGreen({ instanceClass: "db.r7i.metal-24xl" }))))).not.toHaveProperty("TargetDBInstanceClass");
  });
});

it("an engine version that is blue's own is left out", () => {
  expect(inputOf(specFor(viewOf(), { targetEngineVersion: "14.10" }))).not.toHaveProperty("TargetEngineVersion");
});

it("given tags come before carried ones, and no key of AWS's own is given", () => {
  const spec = { ...specFor(viewOf()), tags: { team: "orders", "aws:x": "1" } };
  expect(inputOf(spec, { team: "new", "bluegreen-guard:base": "blue-green", "rds:z": "2" }).Tags).toEqual([
    { Key: "team", Value: "new" },
    { Key: "bluegreen-guard:base", Value: "blue-green" },
  ]);
});
