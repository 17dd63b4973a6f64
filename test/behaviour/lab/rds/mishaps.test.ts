import {
  CreateBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBInstancesCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { ARTICLE_CREATE, addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

/** A lab whose deployment of the article's cluster, with one reader, is ready; answers its id. */
async function ready({ rds, client, minutes }: TestLab): Promise<string> {
  addArticleCluster(rds, { readers: ["reader"] });
  rds.nextCreation = { ids: { suffixes: { reader: "a1b2c3" } } };
  const { BlueGreenDeployment } = await client.send(new CreateBlueGreenDeploymentCommand(ARTICLE_CREATE));
  await minutes(40);
  return BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

async function shown({ client }: TestLab, id: string) {
  const answer = await client.send(new DescribeBlueGreenDeploymentsCommand({ BlueGreenDeploymentIdentifier: id }));
  return answer.BlueGreenDeployments?.[0];
}

/** The events of deployments since then. */
const said = (lab: TestLab, since: number) =>
  lab.rds.history.filter(({ sourceType, date }) => sourceType === "BLUE_GREEN_DEPLOYMENT" && Date.parse(date) > since);

test("green's reader that was deleted by hand is gone, its pair is MISSING_TARGET, and a switchover leaves it out", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const id = await ready(lab);
    lab.rds.deleteGreenInstance("reader-green-a1b2c3");
    const members = (await shown(lab, id))?.SwitchoverDetails;
    expect(members?.map(({ Status }) => Status)).toEqual(["AVAILABLE", "AVAILABLE", "MISSING_TARGET"]);
    const instances = (await lab.client.send(new DescribeDBInstancesCommand())).DBInstances?.map((it) => it.DBInstanceIdentifier);
    expect(instances).not.toContain("reader-green-a1b2c3");
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
    await lab.minutes(3);
    const after = (await shown(lab, id))?.SwitchoverDetails;
    expect(after?.map(({ Status }) => Status)).toEqual(["SWITCHOVER_COMPLETED", "SWITCHOVER_COMPLETED", "MISSING_TARGET"]);
    expect(after?.at(-1)?.SourceMember).toMatch(/:db:reader$/);
  });
  expect(() => lab.rds.deleteGreenInstance("reader")).toThrow("No blue/green deployment of the lab has a green instance reader");
});

test("a configuration that turns invalid says why in the API and sends no event", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const id = await ready(lab);
    const since = lab.clock.now();
    lab.rds.invalidate(id, "Out of sync.");
    await lab.minutes(10);
    expect(await shown(lab, id)).toMatchObject({ Status: "INVALID_CONFIGURATION", StatusDetails: "Out of sync." });
    expect(said(lab, since)).toEqual([]);
  });
});

test("a switchover that fails leaves blue in production and says so in the API alone", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const id = await ready(lab);
    lab.rds.faults.failSwitchover("The write downtime was exceeded.");
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
    await lab.minutes(5);
    const failed = await shown(lab, id);
    expect(failed).toMatchObject({ Status: "SWITCHOVER_FAILED", StatusDetails: "The write downtime was exceeded." });
    expect(failed?.Source).toMatch(/:cluster:db-cluster$/);
    expect(lab.rds.acceptsWrites("db-cluster")).toBe(true);
    expect(lab.rds.history.filter(({ message }) => /completed|cancel/i.test(message) && /switchover/i.test(message))).toEqual([
      expect.objectContaining({ message: expect.stringContaining("Sequence sync") as string }),
    ]);
    await lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
    await lab.minutes(5);
    expect((await shown(lab, id))?.Status).toBe("SWITCHOVER_COMPLETED");
  });
});

test("a fault befalls only the calls about one deployment, where it names one", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const id = await ready(lab);
    lab.rds.faults.throttle({ about: id });
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments).toHaveLength(1);
    await expect(shown(lab, id)).rejects.toMatchObject({ name: "Throttling" });
  });
});
