import { CreateBlueGreenDeploymentCommand, DeleteBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openTestLab, type TestLab, told } from "../../support/lab/stage.ts";

const MINUTE = 60_000;

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab({ policy: { watch: "tagged" } });
});
afterEach(() => lab.close());

async function pass(minutes: number): Promise<void> {
  await lab.clock.work(() => lab.clock.until(lab.clock.now() + minutes * MINUTE));
  await lab.settled();
}

async function created(name: string, tag?: string): Promise<string> {
  lab.rds.addCluster({
    identifier: name,
    engine: "aurora-postgresql",
    engineVersion: "14.10",
    parameterGroup: "blue-14",
    instances: [{ identifier: `${name}-1`, class: "db.t4g.medium", parameterGroup: "blue-instance-14" }],
  });
  const answer = await lab.clock.work(() =>
    lab.aws.send(
      new CreateBlueGreenDeploymentCommand({
        BlueGreenDeploymentName: name,
        Source: `arn:aws:rds:ap-northeast-1:123456789012:cluster:${name}`,
        TargetEngineVersion: "15.5",
        ...(tag !== undefined && { Tags: [{ Key: "bluegreen-guard:watch", Value: tag }] }),
      }),
    ),
  );
  await pass(45);
  return answer.BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

const leftOut = () => lab.logged.map(({ details }) => (details["taken"] as { leftOut?: string } | undefined)?.leftOut);

describe("where only tagged deployments are watched", () => {
  it("one with the tag is told, whatever the tag's value", async () => {
    await created("orders", "");
    expect(told(lab)[0]).toBe("orders · Ready to switch over");
  });

  it.each([undefined, "false"])("one with the tag's value %j is left out, by events and by the sweep, until it is gone", async (tag) => {
    const id = await created("orders", tag);
    await lab.clock.work(() => lab.sweep());
    lab.rds.runDdl("orders", "ALTER TABLE");
    await pass(5);
    await lab.clock.work(() =>
      lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, DeleteTarget: true })),
    );
    await pass(60);
    await lab.clock.work(() => lab.sweep());
    expect(told(lab)).toEqual([]);
    expect(leftOut()).toContain("its deployment has no tag bluegreen-guard:watch");
  });

  it("one with the tag is told of to its end", async () => {
    const id = await created("orders", "yes");
    await lab.clock.work(() =>
      lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, DeleteTarget: true })),
    );
    await pass(60);
    expect(told(lab)[0]).toBe("orders · Deleted");
  });
});
