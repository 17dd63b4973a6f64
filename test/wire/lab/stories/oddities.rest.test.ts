import { DescribeBlueGreenDeploymentsCommand, DescribeDBClusterEndpointsCommand, DescribeDBInstancesCommand } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { customEndpoints } from "../../../../lab/stories/custom-endpoints.ts";
import { degradedInApi } from "../../../../lab/stories/degraded-in-api.ts";
import { storageOptimization } from "../../../../lab/stories/storage-optimization.ts";
import { switchoverInPart } from "../../../../lab/stories/switchover/in-part.ts";
import { told } from "../../../support/lab/stage.ts";
import { cardReadings, INSTANCE_BUILT, type Played, playWithSweeps, read, threadOf } from "./play.ts";

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

it("switchover-in-part: the replica's name stays with blue's version, and the team is told to act, with nothing to delete", async () => {
  const played = await playWithSweeps(switchoverInPart);
  const { lab, readings } = played;
  expect(told(lab)[0]).toBe("catalog-8-4 · Partly switched over: 1 of 2");
  expect(threadOf(lab, "catalog-8-4")).toEqual([
    ...INSTANCE_BUILT,
    "Replication stopped",
    "Not ready to switch over any more",
    "Switchover started",
    "RDS has ended the switchover",
    "Binary log coordinates after the switchover",
    "Partly switched over",
  ]);
  const alarm = read(lab, "Partly switched over");
  expect(alarm).toContain(
    "• `catalog-replica` was *not* switched over (SWITCHOVER_FAILED): the name still leads to blue's database mysql 8.0.39.",
  );
  expect(alarm).toContain("• `catalog` is switched over: the name leads to mysql 8.4.3 now.");
  expect(alarm).toContain("Delete nothing, blue or green, until no name leads to it.");
  const ended = [...cardReadings(readings).slice(-1), alarm, read(lab, "RDS has ended the switchover")].join("\n");
  expect(ended).not.toMatch(/What remains to be done|go back by hand|Delete old blue|bluegreen-guard |\/bluegreen |\[ /);
  expect(lab.bus.events.map((event) => event["detail-type"])).toEqual(["Deployment Ready", "Switchover Partly Completed"]);
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

it("custom-endpoints: both endpoints end at the new cluster, and are waited for until the team is told", async () => {
  const played = await playWithSweeps(customEndpoints);
  expect(told(played.lab)).toEqual([
    "shop-8-0 · Switched over",
    "  How green is built",
    "  Ready to switch over",
    "  Switchover started",
    "  Binary log coordinates after the switchover",
    "  Switched over",
  ]);
  expect(cardReadings(played.readings).at(-1)).toContain("members: `shop-1`, `shop-2`, `shop-3`, `shop-reports`, `shop-web`");
  const Filters = [{ Name: "db-cluster-endpoint-id", Values: ["shop-reports", "shop-web"] }];
  const { DBClusterEndpoints = [] } = await played.lab.aws.send(new DescribeDBClusterEndpointsCommand({ Filters }));
  expect(DBClusterEndpoints.map(({ DBClusterIdentifier }) => DBClusterIdentifier)).toEqual(["shop", "shop"]);
  expect(await pairs(played)).toContain("shop-reports-old1 shop-reports SWITCHOVER_COMPLETED");
  expect(played.said.at(-1)).toMatch(/^The story ends: switched over/);
});

it("storage-optimization: RDS refuses once, and switches over when green is available, which the team is told", async () => {
  const played = await playWithSweeps(storageOptimization);
  const { lab, readings } = played;
  expect(told(lab)).toEqual([
    "catalog-8-4 · Switched over",
    ...INSTANCE_BUILT.map((title) => `  ${title}`),
    "  Not ready to switch over any more",
    "  Ready to switch over",
    "  Switchover started",
    "  Binary log coordinates after the switchover",
    "  Switched over",
  ]);
  const busy = "catalog-green-a1b2c3 is storage-optimization \\(\\d+ %\\)\\. Wait until it is available\\.";
  expect(read(lab, "Not ready to switch over any more")).toMatch(new RegExp(busy));
  const waiting = cardReadings(readings).filter((text) => text.startsWith("catalog-8-4 · Built, not ready yet"));
  expect(waiting[0]).toMatch(new RegExp(`Do not switch over yet\\.\n${busy}`));
  expect(waiting.filter((text) => text.includes("[ Switch over… ]"))).toEqual([]);
  expect(played.said.filter((line) => line.startsWith("RDS refuses"))).toEqual([
    "RDS refuses: DB instance catalog-green-a1b2c3 is not in available state.",
  ]);
  expect(await pairs(played)).toEqual(["catalog-old1 catalog SWITCHOVER_COMPLETED"]);
  expect(played.said.at(-1)).toMatch(/^The story ends: switched over/);
});

it("degraded-in-api: no event says degraded, and the team is told before RDS cancels the switchover; blue stays as it was", async () => {
  const played = await playWithSweeps(degradedInApi);
  expect(told(played.lab)).toEqual([
    "ledger-16 · Deleted",
    ...INSTANCE_BUILT.map((title) => `  ${title}`),
    "  Replication is degraded, by the RDS API",
    "  Switchover cancelled",
    "  Deleted",
  ]);
  expect(read(played.lab, "Replication is degraded, by the RDS API")).toContain("No event has said so.");
  expect(read(played.lab, "Switchover cancelled")).toContain("Green cannot be switched to any more");
  expect(cardReadings(played.readings).filter((text) => text.includes("RDS disagrees with itself"))).toEqual([]);
  const messages = played.lab.rds.history.map(({ message }) => message);
  expect(messages.filter((message) => /degraded|DDL\) changes aren't supported/i.test(message))).toEqual([]);
  expect(messages).toContainEqual(expect.stringMatching(/^Switchover from primary ledger to ledger-green-\w{6} was cancelled because/));
  expect(await pairs(played)).toEqual([]);
  expect(await versions(played)).toEqual(["ledger 15.7"]);
  expect(played.said.at(-1)).toMatch(/^The story ends: ledger is version 15\.7 as before/);
});
