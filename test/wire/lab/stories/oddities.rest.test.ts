import { DescribeBlueGreenDeploymentsCommand, DescribeDBClusterEndpointsCommand, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { customEndpoints } from "../../../../lab/stories/custom-endpoints.ts";
import { degradedInApi } from "../../../../lab/stories/degraded-in-api.ts";
import { storageOptimization } from "../../../../lab/stories/storage-optimization.ts";
import { switchoverInPart } from "../../../../lab/stories/switchover/in-part.ts";
import { type Played, playWithSweeps } from "./play.ts";

async function pairs({ lab }: Played): Promise<string[]> {
  const { BlueGreenDeployments = [] } = await lab.aws.send(new DescribeBlueGreenDeploymentsCommand());
  const name = (arn: string | undefined) => arn?.split(":").pop();
  return BlueGreenDeployments.flatMap(({ SwitchoverDetails = [] }) =>
    SwitchoverDetails.map((it) => `${name(it.SourceMember)} ${name(it.TargetMember)} ${it.Status}`),
  );
}

async function versions({ lab }: Played): Promise<string[]> {
  const { DBInstances = [] } = await lab.aws.send(new DescribeDBInstancesCommand());
  return DBInstances.map(({ DBInstanceIdentifier, EngineVersion }) => `${DBInstanceIdentifier} ${EngineVersion}`);
}

it("switchover-in-part: the replica's name stays with blue's version", async () => {
  const played = await playWithSweeps(switchoverInPart);
  expect(await pairs(played)).toEqual([
    "catalog-old1 catalog SWITCHOVER_COMPLETED",
    "catalog-replica catalog-replica-green-d4e5f6 SWITCHOVER_FAILED",
  ]);
  expect(await versions(played)).toEqual([
    "catalog 8.4.3",
    "catalog-old1 8.0.39",
    "catalog-replica 8.0.39",
    "catalog-replica-green-d4e5f6 8.4.3",
  ]);
  expect(played.said.at(-1)).toMatch(/^The story ends: catalog is version 8\.4\.3, but catalog-replica still leads to 8\.0\.39/);
});

it("custom-endpoints: both endpoints end at the new cluster", async () => {
  const played = await playWithSweeps(customEndpoints);
  const Filters = [{ Name: "db-cluster-endpoint-id", Values: ["shop-reports", "shop-web"] }];
  const { DBClusterEndpoints = [] } = await played.lab.aws.send(new DescribeDBClusterEndpointsCommand({ Filters }));
  expect(DBClusterEndpoints.map(({ DBClusterIdentifier }) => DBClusterIdentifier)).toEqual(["shop", "shop"]);
  expect(await pairs(played)).toContain("shop-reports-old1 shop-reports SWITCHOVER_COMPLETED");
  expect(played.said.at(-1)).toMatch(/^The story ends: switched over/);
});

it("storage-optimization: RDS refuses once, and switches over when green is available", async () => {
  const played = await playWithSweeps(storageOptimization);
  expect(played.said.filter((line) => line.startsWith("RDS refuses"))).toEqual([
    "RDS refuses: DB instance catalog-green-a1b2c3 is not in available state.",
  ]);
  expect(await pairs(played)).toEqual(["catalog-old1 catalog SWITCHOVER_COMPLETED"]);
  expect(played.said.at(-1)).toMatch(/^The story ends: switched over/);
});

it("degraded-in-api: no event says degraded, RDS cancels the switchover, and blue stays as it was", async () => {
  const played = await playWithSweeps(degradedInApi);
  const messages = played.lab.rds.history.map(({ message }) => message);
  expect(messages.filter((message) => /degraded|DDL\) changes aren't supported/i.test(message))).toEqual([]);
  expect(messages).toContainEqual(expect.stringMatching(/^Switchover from primary ledger to ledger-green-\w{6} was cancelled because/));
  expect(await pairs(played)).toEqual([]);
  expect(await versions(played)).toEqual(["ledger 15.7"]);
  expect(played.said.at(-1)).toMatch(/^The story ends: ledger is version 15\.7 as before/);
});
