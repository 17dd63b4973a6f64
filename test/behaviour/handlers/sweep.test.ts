import { DeleteBlueGreenDeploymentCommand, SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { addCluster, create, HOUR, MINUTE, pass, sweepFor } from "../../support/handlers/sweeping.ts";
import { heading, openTestLab, type TestLab, told, withoutDetails } from "../../support/lab/stage.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
});
afterEach(() => lab.close());

/** Plays in one task of the clock, so that time passes only where the play lets it. */
const play = <T>(task: () => Promise<T>): Promise<T> => lab.clock.work(task);
const entry = (title: string): string => {
  const found = withoutDetails(lab).filter((it) => heading(it) === title);
  return found.map(messageText).join("\n");
};
const switchOver = (id: string) => lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));

/** The entries of a thread, and the events that say the same. */
const TOLD_BY = [
  ["Ready to switch over", "Blue/green deployment tasks completed"],
  ["Replication is degraded", "Data definition language"],
  ["Switched over", "Switchover completed on blue/green deployment"],
  ["Deleted", "Blue/green deployment deleted"],
] as const;

/** Creates a deployment and sweeps until it is ready. */
async function ready(cluster: string, instances = 1): Promise<string> {
  addCluster(lab, cluster, instances);
  const id = await create(lab, cluster);
  await sweepFor(lab, 40 * MINUTE);
  return id;
}

describe("where no event reaches the guard, the sweep tells of a deployment", () => {
  it("that is new", () =>
    play(async () => {
      addCluster(lab, "orders");
      await create(lab, "orders");
      await lab.sweep();
      expect(told(lab)).toEqual(["orders-15 · Building green"]);
    }));

  it("that it moves, on the card", () =>
    play(async () => {
      addCluster(lab, "orders");
      await create(lab, "orders");
      const bars: (string | undefined)[] = [];
      for (let minutes = 0; minutes < 30; minutes += 10) {
        await lab.sweep();
        bars.push(/[█░]+ \d of \d tasks done(, now `\w+`)?/.exec(messageText(lab.slack.messages[0] ?? {}))?.[0]);
        await pass(lab, 10 * MINUTE);
      }
      expect(bars).toEqual([
        "░░░ 0 of 3 tasks done",
        "░░░ 0 of 3 tasks done, now `CREATING_READ_REPLICA_OF_SOURCE`",
        "█░░ 1 of 3 tasks done, now `DB_ENGINE_VERSION_UPGRADE`",
      ]);
    }));

  it("that it is ready, degraded, switched over and gone, two sweeps later at most", () =>
    play(async () => {
      const id = await ready("orders");
      await ready("payments");
      lab.rds.runDdl("payments", "ALTER TABLE t ADD c int");
      await switchOver(id);
      await sweepFor(lab, 10 * MINUTE);
      await lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
      await sweepFor(lab, 10 * MINUTE);
      const cards = told(lab).filter((line) => !line.startsWith(" "));
      expect(cards).toEqual(["orders-15 · Deleted", "payments-15 · Degraded: cannot be switched over"]);
      for (const [title, event] of TOLD_BY) {
        const happened = lab.rds.history.filter(({ message }) => message.startsWith(event)).map(({ date }) => Date.parse(date));
        const entries = withoutDetails(lab)
          .filter((it) => heading(it) === title)
          .map(({ postedAt }) => postedAt);
        expect(entries.length, title).toBe(happened.length);
        for (const [index, at] of entries.entries()) expect(at - (happened[index] ?? 0), title).toBeLessThan(10 * MINUTE);
      }
    }));

  it("the same as the events would have said", async () => {
    async function story(of: TestLab): Promise<string[]> {
      await of.clock.work(async () => {
        addCluster(of, "orders", 2);
        const id = await create(of, "orders");
        await sweepFor(of, 40 * MINUTE);
        await of.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
        await sweepFor(of, 10 * MINUTE);
      });
      await of.settled();
      return told(of).sort();
    }
    const informed = await openTestLab();
    try {
      expect(await story(lab)).toEqual(await story(informed));
    } finally {
      await informed.close();
    }
  });

  it("that its configuration is invalid, with RDS's details", () =>
    play(async () => {
      const id = await ready("orders");
      lab.rds.invalidate(id, "The source and target databases are not in sync.");
      await lab.sweep();
      expect(told(lab)[0]).toBe("orders-15 · Failed");
      expect(told(lab).at(-1)).toBe("  Invalid configuration: switchover is blocked");
      expect(entry("Invalid configuration: switchover is blocked")).toContain("RDS says: The source and target databases are not in sync.");
    }));

  it("that its switchover failed, each time that it does", () =>
    play(async () => {
      const id = await ready("orders");
      for (const reason of ["The write downtime was exceeded.", "A table is locked."]) {
        lab.rds.faults.failSwitchover(reason);
        await switchOver(id);
        await sweepFor(lab, 15 * MINUTE);
      }
      expect(told(lab).filter((line) => line === "  Switchover failed").length).toBe(2);
      expect(entry("Switchover failed")).toMatch(/RDS says: The write downtime was exceeded\.[\s\S]*RDS says: A table is locked\./);
    }));

  it("that a database of it was deleted by hand, also a second one", () =>
    play(async () => {
      await ready("orders", 3);
      const greens = lab.rds.history.flatMap(({ sourceIdentifier }) => /^orders-[23]-green-.*/.exec(sourceIdentifier) ?? []);
      for (const green of new Set(greens)) {
        lab.rds.deleteGreenInstance(green);
        await sweepFor(lab, 15 * MINUTE);
      }
      expect(told(lab).filter((line) => line === "  A database of the deployment is missing").length).toBe(2);
      expect(entry("A database of the deployment is missing")).toMatch(
        /Missing: green of orders-2\.[\s\S]*green of orders-2, green of orders-3\./,
      );
    }));

  it(
    "that its creation has been stuck for six hours, once",
    () =>
      play(async () => {
        addCluster(lab, "orders");
        lab.rds.faults.stickCreation();
        await create(lab, "orders");
        await lab.sweep();
        await sweepFor(lab, 30 * MINUTE);
        const began = lab.clock.now();
        while (entry("Creation seems to be stuck") === "") await sweepFor(lab, HOUR / 2);
        const hours = (lab.clock.now() - began) / HOUR;
        expect(hours).toBeGreaterThan(5.5);
        expect(hours).toBeLessThanOrEqual(6.5);
        for (let more = 0; more < 4; more += 1) await pass(lab, 4 * HOUR).then(lab.sweep);
        expect(told(lab).filter((line) => line === "  Creation seems to be stuck").length).toBe(1);
        expect(entry("Creation seems to be stuck")).toMatch(
          /1 of 3 tasks done, at DB_ENGINE_VERSION_UPGRADE, unchanged since 2024-02-05 0\d:\d\d UTC/,
        );
      }),
    60_000,
  );

  it("not that it is stuck, while a slow creation moves", () =>
    play(async () => {
      addCluster(lab, "orders");
      // Its longest task takes less than six hours.
      lab.rds.nextCreation = { minutes: 11 * 60 };
      await create(lab, "orders");
      for (let hour = 0; hour < 14; hour += 1) await pass(lab, HOUR).then(lab.sweep);
      expect(told(lab)[0]).toBe("orders-15 · Ready to switch over");
      expect(told(lab)).not.toContain("  Creation seems to be stuck");
    }));
});
