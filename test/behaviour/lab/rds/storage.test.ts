import {
  CreateBlueGreenDeploymentCommand,
  DeleteBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  DescribeDBInstancesCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { addArticleCluster, startLab, type TestLab } from "../../../support/lab/rds.ts";

const GREEN = "bluegreentest-green-ub9kzw";

/** A lab with a deployment that is ready; answers its id. */
async function ready({ rds, client, minutes }: TestLab): Promise<string> {
  rds.addInstance({ identifier: "bluegreentest", engine: "mysql", engineVersion: "8.0.39", class: "db.t3.micro", parameterGroup: "p" });
  rds.nextCreation = { ids: { suffixes: { bluegreentest: "ub9kzw" } } };
  const Source = "arn:aws:rds:ap-northeast-1:123456789012:db:bluegreentest";
  const answer = await client.send(new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: "upgrade", Source }));
  await minutes(21);
  return answer.BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

async function green({ client }: TestLab) {
  const { DBInstances } = await client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier: GREEN }));
  const { DBInstanceStatus, PercentProgress, StorageOperationStatus, StorageOperationPercentProgress } = DBInstances?.[0] ?? {};
  return { DBInstanceStatus, PercentProgress, StorageOperationStatus, StorageOperationPercentProgress };
}

// The statuses after the tasks are completed and the refusal's text: hashicorp/terraform-provider-aws#47493; the fields: RDS API, DBInstance.
test.each([
  ["storage-optimization", "Optimizing"],
  ["storage-initialization", "Initializing"],
] as const)("green that is in %s says how far it is, and cannot be switched over until it is available", async (status, word) => {
  const lab = await startLab();
  await lab.story(async () => {
    const BlueGreenDeploymentIdentifier = await ready(lab);
    const switchOver = () => lab.client.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier }));
    lab.rds.optimizeStorage(GREEN, 50, status);
    for (const percent of [0, 42, 84]) {
      expect(await green(lab)).toEqual({
        DBInstanceStatus: status,
        PercentProgress: String(percent),
        StorageOperationStatus: word,
        StorageOperationPercentProgress: percent,
      });
      await lab.minutes(21);
    }
    expect(await green(lab)).toEqual({ DBInstanceStatus: "available" });
    lab.rds.optimizeStorage(GREEN, 1, status);
    expect((await lab.client.send(new DescribeBlueGreenDeploymentsCommand())).BlueGreenDeployments?.[0]?.Status).toBe("AVAILABLE");
    await expect(switchOver()).rejects.toMatchObject({
      name: "InvalidBlueGreenDeploymentStateFault",
      message: `DB instance ${GREEN} is not in available state`,
    });
    await lab.minutes(1);
    expect((await switchOver()).BlueGreenDeployment?.Status).toBe("SWITCHOVER_IN_PROGRESS");
  });
});

test("green that is deleted meanwhile does not become available again", async () => {
  const lab = await startLab();
  await lab.story(async () => {
    const BlueGreenDeploymentIdentifier = await ready(lab);
    lab.rds.optimizeStorage(GREEN, 3);
    await lab.client.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget: true }));
    await lab.minutes(5);
    expect(await green(lab)).toEqual({ DBInstanceStatus: "deleting" });
  });
});

test("an instance of a cluster has no storage of its own to work on", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  for (const name of ["db-instance-writer", "nowhere"]) {
    expect(() => lab.rds.optimizeStorage(name, 5)).toThrow(`The lab has no RDS instance ${name}`);
  }
});
