import { DeleteBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Item } from "../../../src/clients/records.ts";
import { type DeploymentRecord, deploymentKey } from "../../../src/facts/record.ts";
import { savedSpec } from "../../../src/operations/recreate/saved-spec.ts";
import { addCluster, create, MINUTE, pass, sweepFor } from "../../support/handlers/sweeping.ts";
import { changes, heading, openTestLab, type TestLab, told, withoutDetails } from "../../support/lab/stage.ts";
import { recorded } from "../../support/recorded.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
});
afterEach(() => lab.close());

/** Plays in one task of the clock, so that time passes only where the play lets it. */
const play = <T>(task: () => Promise<T>): Promise<T> => lab.clock.work(task);

/** Creates a deployment and sweeps until it is ready. */
async function ready(cluster: string): Promise<string> {
  addCluster(lab, cluster);
  const id = await create(lab, cluster);
  await sweepFor(lab, 40 * MINUTE);
  return id;
}

describe("a sweep", () => {
  it("that finds nothing new calls Slack and writes a deployment's record not once", () =>
    play(async () => {
      const id = await ready("orders");
      addCluster(lab, "payments");
      lab.rds.faults.stickCreation();
      const stuck = await create(lab, "payments");
      await sweepFor(lab, 30 * MINUTE);
      const kept = async () => ({
        calls: lab.slack.calls.length,
        one: await lab.records.read(`deployment#${id}`),
        other: await lab.records.read(`deployment#${stuck}`),
        open: await lab.records.open(),
      });
      const before = await kept();
      await sweepFor(lab, 30 * MINUTE);
      const after = await kept();
      expect(before.one?.version).toBeGreaterThan(0);
      expect(after).toEqual(before);
    }));

  it("saves what is needed to create a deployment again once its tasks are completed", () =>
    play(async () => {
      const id = await ready("orders");
      expect(await savedSpec(id, lab.records)).toMatchObject({
        name: "orders-15",
        source: "arn:aws:rds:ap-northeast-1:123456789012:cluster:orders",
        targetEngineVersion: "15.5",
        targetDBClusterParameterGroupName: "green-15",
        targetDBParameterGroupNames: ["green-instance-15"],
      });
    }));

  it("lets what it keeps of a deployment that is gone, and told of, expire after 90 days", () =>
    play(async () => {
      const id = await ready("orders");
      const kept = async () => {
        const [record, spec] = await Promise.all([
          lab.records.read<DeploymentRecord>(deploymentKey(id)),
          lab.records.read<Item & { expiresAt?: number }>(`spec#${id}`),
        ]);
        return [record?.expiresAt, spec?.expiresAt];
      };
      expect(await kept()).toEqual([undefined, undefined]);
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, DeleteTarget: true }));
      await sweepFor(lab, 30 * MINUTE);
      const [record = 0, spec] = await kept();
      const days = (record * 1_000 - lab.clock.now()) / (24 * 60 * MINUTE);
      expect(days).toBeGreaterThan(89.9);
      expect(days).toBeLessThanOrEqual(90);
      expect(spec).toBe(record);
    }));

  it("gives back the card that a person deleted, when something changes", () =>
    play(async () => {
      const id = await ready("orders");
      const [card] = withoutDetails(lab);
      lab.slack.deleteMessage(card?.channel ?? "", card?.ts ?? "");
      await lab.sweep();
      expect(told(lab)).not.toContain("orders-15 · Ready to switch over");
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, 5 * MINUTE);
      await lab.sweep();
      // The entry went out together with the change of the card that was gone, so it stands in the channel itself.
      expect(told(lab).slice(-2)).toEqual(["Replication is degraded", "orders-15 · Degraded: cannot be switched over"]);
      const fresh = withoutDetails(lab).at(-1);
      lab.rds.invalidate(id, "Out of sync.");
      await lab.sweep();
      const entry = withoutDetails(lab).at(-1);
      expect(told(lab).at(-1)).toBe("  Invalid configuration: switchover is blocked");
      expect(entry?.threadTs).toBe(fresh?.ts);
    }));

  it("lets a deployment created in another's place go on with its card and thread", () =>
    play(async () => {
      const old = await ready("orders");
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: old, DeleteTarget: true }));
      await sweepFor(lab, 15 * MINUTE);
      const written = changes(lab);
      const tags = [{ Key: "bluegreen-guard:recreated-from", Value: old }];
      await create(lab, "orders", { name: "orders-15-again", tags });
      await sweepFor(lab, 40 * MINUTE);
      const cards = withoutDetails(lab).filter((it) => it.threadTs === undefined);
      expect(cards.map(heading)).toEqual(["orders-15-again · Ready to switch over"]);
      expect(withoutDetails(lab).every((it) => it.threadTs === undefined || it.threadTs === cards[0]?.ts)).toBe(true);
      expect(written.filter((line) => line.includes("orders-15 · "))).toEqual([]);
      expect(written).toContain("  posted Ready to switch over");
      await lab.give(
        recorded("tasks-completed", {
          SourceIdentifier: old,
          EventID: null,
          Message: "Late words.",
          Date: new Date(lab.clock.now()).toISOString(),
        }),
      );
      await sweepFor(lab, 10 * MINUTE);
      expect(written.filter((it) => it.includes("posted")).at(-1)).toBe("  posted An event that the guard does not know");
      expect(told(lab)[0]).toBe("orders-15-again · Ready to switch over");
    }));
});
