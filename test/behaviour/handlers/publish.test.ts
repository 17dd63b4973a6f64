import { SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addCluster, create, HOUR, MINUTE, pass, sweepFor } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab, told } from "../../support/lab/stage.ts";

let lab: TestLab;
let lost = false;
beforeEach(async () => {
  lost = false;
  lab = await openTestLab({ lose: () => lost });
});
afterEach(() => lab.close());

const play = <T>(task: () => Promise<T>): Promise<T> => lab.clock.work(task);
const types = () => lab.bus.events.map((event) => event["detail-type"]);

/** Creates a deployment on a new cluster and waits until it is built. */
async function built(): Promise<string> {
  const id = await play(async () => {
    addCluster(lab, "orders");
    const created = await create(lab, "orders");
    await pass(lab, 45 * MINUTE);
    return created;
  });
  await lab.settled();
  return id;
}

describe("the event bus carries", () => {
  it("that a deployment is ready, with its names as RDS lists them", async () => {
    const id = await built();
    expect(lab.bus.events).toHaveLength(1);
    expect(lab.bus.events[0]).toMatchObject({
      source: "bluegreen-guard",
      "detail-type": "Deployment Ready",
      detail: {
        deploymentId: id,
        deploymentName: "orders-15",
        source: "arn:aws:rds:ap-northeast-1:123456789012:cluster:orders",
        target: expect.stringMatching(/^arn:aws:rds:ap-northeast-1:123456789012:cluster:orders-green-[a-z0-9]{6}$/),
        occurredAt: expect.stringMatching(/^2024-02-05T/),
        message: expect.stringMatching(/^Blue\/green deployment tasks completed/),
      },
    });
  });

  it("that it is degraded, once for all texts that say so", async () => {
    await built();
    lab.rds.runDdl("orders", "ALTER TABLE");
    await play(() => pass(lab, 5 * MINUTE));
    await lab.settled();
    expect(types()).toEqual(["Deployment Ready", "Deployment Degraded"]);
    expect(lab.bus.events[1]?.detail["message"]).toMatch(/REPLICATION_DEGRADED|Replication has been degraded/);
  });

  it("what no event said, by the sweep", async () => {
    lost = true;
    const id = await built();
    await play(() => sweepFor(lab, 10 * MINUTE));
    await play(async () => {
      await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      await sweepFor(lab, HOUR);
    });
    expect(types()).toEqual(["Deployment Ready", "Switchover Completed"]);
  });

  it("nothing of a switchover that was over before the guard first saw it, though the team is told", async () => {
    lost = true;
    const id = await built();
    await play(async () => {
      await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      await pass(lab, 20 * HOUR);
      await lab.sweep();
    });
    expect(types()).toEqual([]);
    expect(told(lab)[0]).toBe("orders-15 · Switched over");
  });

  it("what it refused with HTTP 200 for a time, later, and Slack is told at once", async () => {
    lab.bus.failNext(3);
    await built();
    expect(types()).toEqual(["Deployment Ready"]);
    expect(lab.logged.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(
        /^The event bus "bluegreen-guard" did not take "Deployment Ready" of bgd-\S+: ThrottlingException \(Rate exceeded\)\./,
      ),
    );
    expect(told(lab)[0]).toBe("orders-15 · Ready to switch over");
  });
});
