import { DeleteBlueGreenDeploymentCommand, DescribeDBInstancesCommand, SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addCluster, create, HOUR, MINUTE, pass, sweepFor } from "../../support/handlers/sweeping.ts";
import { openTestLab, readings, severityOf, type TestLab, told, wholeText, withoutDetails } from "../../support/lab/stage.ts";

const DAY = 24 * HOUR;
const DEGRADED = "  Replication is degraded";

let lab: TestLab;
let lost: (message: string) => boolean;
let looked: number;
beforeEach(async () => {
  looked = 0;
  lost = () => true;
  lab = await openTestLab({ lose: ({ detail }) => lost(detail.Message) });
});
afterEach(() => lab.close());

const play = <T>(task: () => Promise<T>): Promise<T> => lab.clock.work(task);

/** The windows for which DescribeEvents was asked since the last look, as milliseconds before now. */
function windows(): { from: number; until: number }[] {
  const calls = lab.rds.calls.filter(({ action }) => action === "DescribeEvents");
  const before = (name: string) => (parameters: Record<string, string>) => lab.clock.now() - Date.parse(parameters[name] ?? "");
  const asked = calls
    .slice(looked)
    .map(({ parameters }) => ({ from: before("StartTime")(parameters), until: before("EndTime")(parameters) }));
  looked = calls.length;
  return asked;
}

/** How far back the sweeps since the last look asked, in milliseconds. */
const reach = (): number => Math.max(...windows().map(({ from }) => from));

async function ready(cluster: string): Promise<void> {
  addCluster(lab, cluster);
  await create(lab, cluster);
  await sweepFor(lab, 40 * MINUTE);
}

describe("what DescribeEvents lists", () => {
  it("is told where the event was lost, with RDS's own words", () =>
    play(async () => {
      await ready("orders");
      lab.rds.runDdl("orders", "ALTER TABLE t ADD c int");
      await sweepFor(lab, 5 * MINUTE);
      expect(told(lab).at(-1)).toBe(DEGRADED);
      const entry = readings(lab).at(-1);
      expect(entry).toContain("> Data definition language (DDL) changes aren't supported");
      expect(entry).toContain("reported by blue `orders-1` at ");
    }));

  // Source of the text: terraform-aws-modules/terraform-aws-notify-slack#195. It is how green breaks on MySQL and MariaDB.
  it("is told where only its text says that green's replication broke, with RDS's reason", () =>
    play(async () => {
      await ready("orders");
      const { DBInstances = [] } = await lab.aws.send(new DescribeDBInstancesCommand());
      const green = DBInstances.map(({ DBInstanceIdentifier = "" }) => DBInstanceIdentifier).find((name) =>
        name.startsWith("orders-1-green-"),
      );
      if (green === undefined) throw new Error("The lab has no green.");
      const message = "Read Replica Replication Error - SQLError: 1050, reason: Table 't' already exists.";
      lab.rds.record({ sourceType: "DB_INSTANCE", sourceIdentifier: green, message });
      await sweepFor(lab, 5 * MINUTE);
      expect(told(lab).slice(-2)).toEqual(["  Replication stopped", "  Not ready to switch over any more"]);
      const stopped = withoutDetails(lab).at(-2);
      const entry = wholeText(lab, stopped);
      expect(entry).toContain("Reason: SQLError: 1050, reason: Table 't' already exists\n");
      expect(stopped && severityOf(stopped)).toBe("warning");
    }));

  it("is not told again where the event had come", async () => {
    lost = () => false;
    await play(() => ready("orders"));
    await lab.settled();
    lab.rds.runDdl("orders", "ALTER TABLE t ADD c int");
    await play(() => pass(lab, MINUTE));
    await lab.settled();
    const before = { told: told(lab), calls: lab.slack.calls.length };
    expect(before.told).toContain(DEGRADED);
    await play(() => sweepFor(lab, 15 * MINUTE));
    expect({ told: told(lab), calls: lab.slack.calls.length }).toEqual(before);
  });

  it("of a deployment that goes on with another one's card stands in that card's thread, also where no event came", () =>
    play(async () => {
      addCluster(lab, "orders");
      const first = await create(lab, "orders");
      await sweepFor(lab, 40 * MINUTE);
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: first, DeleteTarget: true }));
      await pass(lab, 30 * MINUTE);
      await create(lab, "orders", { name: "orders-16", tags: [{ Key: "bluegreen-guard:recreated-from", Value: first }] });
      await pass(lab, 40 * MINUTE);
      await lab.sweep();
      const [card, ...entries] = told(lab);
      expect(card).toBe("orders-16 · Ready to switch over");
      expect(entries.length).toBeGreaterThan(1);
      expect(entries.filter((it) => !it.startsWith("  "))).toEqual([]);
    }));

  it("is asked for the time since the sweep before the last", () =>
    play(async () => {
      const reached: number[] = [];
      for (const later of [0, 2 * HOUR, 5 * MINUTE, 5 * MINUTE]) {
        await pass(lab, later);
        await lab.sweep();
        reached.push(reach());
      }
      expect(reached).toEqual([HOUR, 3 * HOUR, 2 * HOUR + 5 * MINUTE, 10 * MINUTE]);
    }));

  it("is asked for ten minutes at least, however often it is swept: RDS may list an event late", () =>
    play(async () => {
      const reached: number[] = [];
      for (const later of [0, HOUR, MINUTE, MINUTE, MINUTE]) {
        await pass(lab, later);
        await lab.sweep();
        reached.push(reach());
      }
      expect(reached.slice(-2)).toEqual([10 * MINUTE, 10 * MINUTE]);
    }));

  it("is told of two days in which nothing swept", () =>
    play(async () => {
      await ready("orders");
      await pass(lab, HOUR);
      lab.rds.runDdl("orders", "ALTER TABLE t ADD c int");
      await pass(lab, 2 * DAY);
      windows();
      await lab.sweep();
      expect(reach()).toBeGreaterThan(2 * DAY + HOUR);
      expect(told(lab)[0]).toBe("orders-15 · Degraded: cannot be switched over");
      expect(told(lab)).toContain(DEGRADED);
    }));

  it("is asked for a little less than 14 days at most, a day at a time and always with an end: RDS refuses more", () =>
    play(async () => {
      await lab.sweep();
      await pass(lab, 20 * DAY);
      windows();
      await lab.sweep();
      const asked = windows();
      expect(Math.max(...asked.map(({ from }) => from))).toBe(14 * DAY - 10 * MINUTE);
      // The newest window is open for a day more.
      expect(asked).toHaveLength(14);
      expect(asked.filter(({ from, until }) => until < 0 || from - until > DAY)).toEqual(asked.slice(0, 1));
    }));

  it("is told from a deployment's beginning on where the guard comes later: it may be degraded already", () =>
    play(async () => {
      addCluster(lab, "orders");
      await create(lab, "orders");
      await pass(lab, HOUR);
      lab.rds.runDdl("orders", "ALTER TABLE t ADD c int");
      await pass(lab, 3 * HOUR);
      await lab.sweep();
      expect(told(lab)[0]).toBe("orders-15 · Degraded: cannot be switched over");
      expect(told(lab)).toContain("  Replication is degraded");
    }));

  it("is not told of deployments that were gone before the guard came", () =>
    play(async () => {
      addCluster(lab, "orders");
      addCluster(lab, "payments");
      await create(lab, "orders");
      const gone = await create(lab, "payments");
      await pass(lab, HOUR);
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: gone, DeleteTarget: true }));
      await pass(lab, 2 * HOUR);
      await sweepFor(lab, 15 * MINUTE);
      expect(readings(lab).join("\n")).not.toMatch(/payments|No deployment found/);
      expect(told(lab)[0]).toBe("orders-15 · Ready to switch over");
    }));

  it("is not needed from before the window: what counts shows the API", () =>
    play(async () => {
      await lab.sweep();
      await sweepFor(lab, 10 * MINUTE);
      addCluster(lab, "orders");
      const id = await create(lab, "orders");
      await pass(lab, HOUR);
      await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      await pass(lab, 20 * DAY);
      await lab.sweep();
      expect(told(lab)).toEqual(["orders-15 · Switched over", "  Switched over"]);
    }));
});
