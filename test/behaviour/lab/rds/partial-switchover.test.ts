import {
  CreateBlueGreenDeploymentCommand,
  DeleteBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBInstancesCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import type { NextSwitchover } from "../../../../lab/rds/rds.ts";
import { ARTICLE_CREATE, addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

/** Switches over a deployment like that of the public rehearsal that `NextSwitchover` names; answers its id once `minutes` have passed. */
async function switchCanal(lab: TestLab, next: NextSwitchover, minutes = 5): Promise<string> {
  const canal = { engine: "mysql", engineVersion: "8.0.42", class: "db.t3.micro", parameterGroup: "p" };
  lab.rds.addInstance({ ...canal, identifier: "canal-primary" });
  lab.rds.addInstance({ ...canal, identifier: "canal-reader", replicaOf: "canal-primary" });
  lab.rds.nextCreation = { ids: { suffixes: { "canal-primary": "zyxwvu", "canal-reader": "abcdef" } } };
  const { BlueGreenDeployment } = await lab.client.send(
    new CreateBlueGreenDeploymentCommand({
      BlueGreenDeploymentName: "canal-rehearsal-bg",
      Source: "arn:aws:rds:ap-northeast-1:123456789012:db:canal-primary",
      TargetEngineVersion: "8.4.10",
    }),
  );
  await lab.minutes(21);
  const BlueGreenDeploymentIdentifier = BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
  lab.rds.nextSwitchover = next;
  await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
  await lab.minutes(minutes);
  return BlueGreenDeploymentIdentifier;
}

async function shown({ client }: TestLab) {
  const { BlueGreenDeployments = [] } = await client.send(new DescribeBlueGreenDeploymentsCommand());
  const [deployment] = BlueGreenDeployments;
  const name = (arn: string | undefined) => arn?.split(":").pop();
  const pairs = deployment?.SwitchoverDetails?.map((it) => `${name(it.SourceMember)} ${name(it.TargetMember)} ${it.Status}`);
  return { status: deployment?.Status, details: deployment?.StatusDetails, pairs };
}

const versions = async ({ client }: TestLab) =>
  (await client.send(new DescribeDBInstancesCommand())).DBInstances?.map((it) => `${it.DBInstanceIdentifier} ${it.EngineVersion}`);

const eventsOf = ({ rds }: TestLab) => rds.history.map(({ eventId, message }) => `${eventId?.slice(-4)} ${message}`);

test("a switchover can complete while a reader's pair fails: the reader's name stays with blue's old version", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const reason = "replication of canal-reader-green-abcdef being stopped";
    await switchCanal(lab, { fails: [{ name: "canal-reader", reason }] });
    expect(await shown(lab)).toEqual({
      status: "SWITCHOVER_COMPLETED",
      details: "Switchover completed",
      pairs: ["canal-primary-old1 canal-primary SWITCHOVER_COMPLETED", "canal-reader canal-reader-green-abcdef SWITCHOVER_FAILED"],
    });
    expect(await versions(lab)).toEqual([
      "canal-primary 8.4.10",
      "canal-primary-old1 8.0.42",
      "canal-reader 8.0.42",
      "canal-reader-green-abcdef 8.4.10",
    ]);
    expect(["canal-primary", "canal-primary-old1", "canal-reader"].map(lab.rds.acceptsWrites)).toEqual([true, false, false]);
    expect(eventsOf(lab).filter((line) => /^02(4[89]|52)/.test(line))).toEqual([
      `0252 Switchover from read replica canal-reader to canal-reader-green-abcdef was canceled due to ${reason}.`,
      "0248 Switchover completed on blue/green deployment canal-rehearsal-bg.",
    ]);
    expect(eventsOf(lab).filter((line) => line.startsWith("0251"))).toHaveLength(2);
  });
});

test("of a pair that fails without a reason no event tells", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    await switchCanal(lab, { fails: [{ name: "canal-reader" }] });
    expect((await shown(lab)).pairs?.at(-1)).toBe("canal-reader canal-reader-green-abcdef SWITCHOVER_FAILED");
    expect(eventsOf(lab).filter((line) => line.startsWith("0252"))).toEqual([]);
  });
});

test("a switchover can fail though the primary was switched; RDS does not take another attempt", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const BlueGreenDeploymentIdentifier = await switchCanal(lab, {
      fails: [{ name: "canal-reader", reason: "a lost connection" }],
      endsAs: "SWITCHOVER_FAILED",
    });
    expect(await shown(lab)).toMatchObject({
      status: "SWITCHOVER_FAILED",
      details: "a lost connection",
      pairs: ["canal-primary-old1 canal-primary SWITCHOVER_COMPLETED", "canal-reader canal-reader-green-abcdef SWITCHOVER_FAILED"],
    });
    expect(lab.rds.acceptsWrites("canal-primary")).toBe(true);
    expect(eventsOf(lab).filter((line) => /^024[89]/.test(line))).toEqual([]);
    await expect(lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }))).rejects.toMatchObject({
      name: "InvalidBlueGreenDeploymentStateFault",
    });
  });
});

test("a deployment that was switched over in part goes without its databases, and nobody may say what is to become of them", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const BlueGreenDeploymentIdentifier = await switchCanal(lab, { fails: [{ name: "canal-reader" }], endsAs: "SWITCHOVER_FAILED" });
    const before = await versions(lab);
    for (const DeleteTarget of [true, false]) {
      const refused = new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget });
      await expect(lab.client.send(refused)).rejects.toMatchObject({ name: "InvalidParameterCombination" });
    }
    await lab.client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
    await lab.minutes(5);
    expect(await shown(lab)).toEqual({});
    expect(await versions(lab)).toEqual(before);
    expect(lab.rds.acceptsWrites("canal-primary")).toBe(true);
  });
});

test("readers can be switched after the writer, and each pair says when it has been", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    await switchCanal(lab, { readersLater: 40 }, 1.75);
    expect(await shown(lab)).toEqual({
      status: "SWITCHOVER_IN_PROGRESS",
      details: undefined,
      pairs: ["canal-primary-old1 canal-primary SWITCHOVER_COMPLETED", "canal-reader canal-reader-green-abcdef SWITCHOVER_IN_PROGRESS"],
    });
    await lab.minutes(1);
    expect(await shown(lab)).toEqual({
      status: "SWITCHOVER_COMPLETED",
      details: undefined,
      pairs: ["canal-primary-old1 canal-primary SWITCHOVER_COMPLETED", "canal-reader-old1 canal-reader SWITCHOVER_COMPLETED"],
    });
  });
  const [primary, reader] = lab.rds.history.filter(
    ({ eventId, sourceIdentifier }) => eventId === "RDS-EVENT-0251" && !sourceIdentifier.endsWith("-old1"),
  );
  expect(Date.parse(reader?.date ?? "") - Date.parse(primary?.date ?? "")).toBe(40_000);
});

test("an Aurora reader's pair can fail, too, without an event: RDS has none for an instance of a cluster", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds, { readers: ["reader"] });
  lab.rds.nextCreation = { ids: { suffixes: { reader: "a1b2c3" } } };
  await lab.story(async () => {
    const { BlueGreenDeployment } = await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.minutes(40);
    lab.rds.nextSwitchover = { fails: [{ name: "reader", reason: "a lost connection" }] };
    const { BlueGreenDeploymentIdentifier } = BlueGreenDeployment ?? {};
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
    await lab.minutes(5);
    expect((await shown(lab)).pairs).toEqual([
      "db-cluster-old1 db-cluster SWITCHOVER_COMPLETED",
      "db-instance-writer-old1 db-instance-writer SWITCHOVER_COMPLETED",
      "reader reader-green-a1b2c3 SWITCHOVER_FAILED",
    ]);
    expect(lab.rds.acceptsWrites("db-cluster")).toBe(true);
  });
  expect(eventsOf(lab).filter((line) => /cancel/.test(line))).toEqual([]);
});
