import {
  CreateBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import recording from "../../../../local/recorded/aurora-major-upgrade-2024-02-05.json" with { type: "json" };
import { ARTICLE_CREATE, ARTICLE_IDS, addArticleCluster, startLab } from "../../../support/lab/rds.ts";

async function startReady() {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
    await lab.clock.until(Date.parse("2024-02-05T08:07:10Z"));
  });
  return lab;
}

const withoutIds = ["EventID", "Tags"];

test("DDL on blue sends the article's two events of 08:07 without EventID, blue's first", async () => {
  const lab = await startReady();
  await lab.story(async () => {
    expect(lab.rds.runDdl("db-cluster", "ALTER TABLE orders ADD COLUMN note text")).toEqual([ARTICLE_IDS.deployment]);
    await lab.minutes(1);
  });
  const recorded = recording.events.filter(({ time }) => time === "2024-02-05T08:07Z");
  const sent = lab.delivered.slice(-2).map(({ detail }) => detail);
  expect(sent.map(({ SourceIdentifier, Message }) => [SourceIdentifier, Message])).toEqual(
    recorded.map((it) => [it.sourceIdentifier, it.message]),
  );
  for (const detail of sent) {
    for (const field of withoutIds) expect(detail).not.toHaveProperty(field);
    expect(detail).toMatchObject({ SourceType: "DB_INSTANCE", EventCategories: ["empty"] });
    expect(detail.Date).toMatch(/^2024-02-05T08:07:/);
  }
});

test("a degraded deployment still reads AVAILABLE, and its switchover is cancelled and rolled back", async () => {
  const lab = await startReady();
  await lab.story(async () => {
    const before = (await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments;
    lab.rds.runDdl("db-instance-writer", "create index on orders (id)");
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments).toEqual(before);
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: ARTICLE_IDS.deployment }));
    await lab.minutes(3);
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments).toEqual(before);
  });
  expect(lab.delivered.slice(-2).map(({ detail }) => [detail.EventID, detail.Message])).toEqual([
    [
      "RDS-EVENT-0261",
      "Switchover from DB cluster db-cluster to db-cluster-green-ak5mgh was cancelled because there are DDL or Large Object changes on db-cluster that can't be replicated. Delete the blue/green deployment along with the target cluster, then re-create it.",
    ],
    ["RDS-EVENT-0249", "Switchover canceled on blue/green deployment blue-green."],
  ]);
});

test("further DDL is told again of blue, but green is degraded once", async () => {
  const lab = await startReady();
  await lab.story(async () => {
    for (let statement = 0; statement < 3; statement += 1) {
      lab.rds.runDdl("db-cluster", "ALTER TABLE orders ADD COLUMN note text");
      await lab.minutes(1);
    }
  });
  const messages = lab.rds.history.map(({ message }) => message);
  expect(messages.filter((message) => message.startsWith("Data definition language"))).toHaveLength(3);
  expect(messages.filter((message) => message === "Replication has been degraded.")).toHaveLength(1);
});

test("the log hour in the text is the UTC hour of the lab's clock", async () => {
  const lab = await startReady();
  await lab.story(async () => {
    await lab.clock.until(Date.parse("2024-02-05T23:59:00Z"));
    lab.rds.runDdl("db-cluster", "DROP TABLE orders");
  });
  expect(lab.rds.history.at(-1)?.message).toContain("timestamp 2024-02-05-23 for");
});

test("GRANT does no harm, nor does DDL on a database without a deployment, on green or after a switchover", async () => {
  const lab = await startReady();
  lab.rds.addInstance({ identifier: "other", engine: "postgres", engineVersion: "15.4", class: "db.t3.micro", parameterGroup: "p" });
  expect(lab.rds.runDdl("db-cluster", "GRANT SELECT ON orders TO reports")).toEqual([]);
  expect(lab.rds.runDdl("other", "DROP TABLE orders")).toEqual([]);
  expect(lab.rds.runDdl("db-cluster-green-ak5mgh", "DROP TABLE orders")).toEqual([]);
  await lab.story(async () => {
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: ARTICLE_IDS.deployment }));
    await lab.minutes(5);
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0]?.Status).toBe(
      "SWITCHOVER_COMPLETED",
    );
  });
  expect(lab.rds.runDdl("db-cluster-old1", "DROP TABLE orders")).toEqual([]);
  expect(() => lab.rds.runDdl("nowhere", "DROP TABLE orders")).toThrow(/no database nowhere: add it with addCluster/);
});
