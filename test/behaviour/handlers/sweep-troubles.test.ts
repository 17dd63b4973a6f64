import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Rds } from "../../../src/clients/rds/rds.ts";
import { logOnly } from "../../../src/clients/telemetry.ts";
import { createSweepHandler } from "../../../src/handlers/sweep.ts";
import { savedSpec } from "../../../src/operations/recreate/saved-spec.ts";
import { DEFAULTS } from "../../../src/settings/settings.ts";
import { databasesOf, first } from "../../support/deployments/upgrade.ts";
import { addCluster, create, HOUR, MINUTE, pass, sweepFor } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab, told } from "../../support/lab/stage.ts";
import { recorded } from "../../support/recorded.ts";
import { Outside, textOf } from "../../support/simulation/ports.ts";

let lab: TestLab;
let lost: () => boolean;
beforeEach(async () => {
  lost = () => true;
  lab = await openTestLab({ lose: () => lost() });
});
afterEach(() => lab.close());

const play = <T>(task: () => Promise<T>): Promise<T> => lab.clock.work(task);
const failure = (): Promise<Error | undefined> =>
  lab.sweep().then(
    () => undefined,
    (error: Error) => error,
  );
const listings = () =>
  lab.rds.calls.filter((it) => it.action === "DescribeBlueGreenDeployments" && !it.parameters["BlueGreenDeploymentIdentifier"]);

async function created(...clusters: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const cluster of clusters) {
    addCluster(lab, cluster);
    ids.push(await create(lab, cluster));
  }
  return ids;
}

describe("a sweep while Slack is down", () => {
  it("fails with what Slack said, and the next one tells", () =>
    play(async () => {
      await created("orders");
      lab.slack.faults.next({ kind: "http", status: 503 });
      expect((await failure())?.message).toContain("HTTP 503");
      expect(told(lab)).toEqual([]);
      await pass(lab, 5 * MINUTE);
      await lab.sweep();
      expect(told(lab)).toEqual(["orders-15 · Building green"]);
    }));

  it("tells of twelve hours at once, when it is over", () =>
    play(async () => {
      await created("orders");
      lab.slack.faults.down(lab.clock.now(), lab.clock.now() + 12 * HOUR);
      expect(await failure()).toBeInstanceOf(Error);
      for (let hour = 0; hour < 12; hour += 1) {
        await pass(lab, HOUR);
        await failure();
      }
      // Slack is left alone for five minutes at most.
      await pass(lab, 5 * MINUTE);
      await lab.sweep();
      expect(told(lab)[0]).toBe("orders-15 · Ready to switch over");
      expect(told(lab).at(-1)).toMatch(/things happened, newest first|Ready to switch over/);
      expect(told(lab).length).toBeLessThan(8);
    }));

  it("tells one event of a deployment that RDS does not know as one event", async () => {
    await play(async () => {
      lab.slack.faults.next({ kind: "http", status: 503 });
      await lab.give(recorded("tasks-completed"));
      await pass(lab, 10_000);
      await lab.sweep();
    });
    await lab.settled();
    expect(told(lab)).toEqual(["Green is built"]);
  });
});

describe("one deployment that makes trouble", () => {
  it("for RDS does not keep the others from being told", () =>
    play(async () => {
      const [first = ""] = await created("first", "second", "third");
      lab.rds.faults.serverError({ times: 5, action: "DescribeBlueGreenDeployments", about: first });
      expect(await failure()).toBeInstanceOf(Error);
      expect(told(lab).sort()).toEqual(["second-15 · Building green", "third-15 · Building green"]);
      await lab.sweep();
      expect(told(lab)).toContain("first-15 · Building green");
    }));

  it("by a record that cannot be read does not keep the others from being told, and is named", () =>
    play(async () => {
      const [first = ""] = await created("first", "second", "third");
      expect(await lab.records.write({ key: `deployment#${first}`, version: 0, facts: "nonsense" }, { rank: "0#2024" })).toBe(true);
      const error = await failure();
      expect(error?.message).toContain(first);
      expect(told(lab).sort()).toEqual(["second-15 · Building green", "third-15 · Building green"]);
    }));

  it("by a row of DescribeEvents that cannot be read does not keep the others from being told", () =>
    play(async () => {
      await created("orders");
      lab.rds.record({ sourceType: "CLUSTER", sourceIdentifier: "", message: "Replication has stopped." });
      expect((await failure())?.message).toContain("SourceIdentifier");
      expect(told(lab)).toEqual(["orders-15 · Building green"]);
    }));
});

describe("a call of RDS that fails five times", () => {
  it.each(["DescribeEvents", "DescribeDBInstances"])("%s keeps the sweep from no more than what it was for", (action) =>
    play(async () => {
      await created("orders");
      await sweepFor(lab, 40 * MINUTE);
      lab.rds.runDdl("orders", "ALTER TABLE t ADD c int");
      await created("payments");
      // A sweep asks once for the events of all source types, and once for the instances of all clusters.
      lab.rds.faults.serverError({ times: 5, action });
      expect((await failure())?.message).toMatch(/internal error/i);
      const card = told(lab).includes("payments-15 · Building green");
      const entry = told(lab).includes("  Replication is degraded");
      expect([card, entry]).toEqual(action === "DescribeEvents" ? [true, false] : [false, true]);
      await lab.sweep();
      expect(told(lab)).toEqual(expect.arrayContaining(["payments-15 · Building green", "  Replication is degraded"]));
    }),
  );
});

describe("between the handlers", () => {
  it("what no event says is told also where the watch handler saw it first", async () => {
    lost = () => false;
    const [id = ""] = await play(async () => {
      const ids = await created("orders");
      await pass(lab, 40 * MINUTE);
      return ids;
    });
    await lab.settled();
    lab.rds.invalidate(id, "Out of sync.");
    lab.rds.record({ sourceType: "DB_INSTANCE", sourceIdentifier: "orders-1", message: "Replication has stopped." });
    await play(() => pass(lab, MINUTE));
    await lab.settled();
    expect(told(lab)[0]).toBe("orders-15 · Failed");
    await play(() => lab.sweep());
    expect(told(lab)).toContain("  Invalid configuration: switchover is blocked");
  });

  it("the spec is saved also where the event told that the tasks are completed", async () => {
    lost = () => false;
    const [id = ""] = await play(async () => {
      const ids = await created("orders");
      await pass(lab, 40 * MINUTE);
      return ids;
    });
    await lab.settled();
    await play(() => lab.sweep());
    expect((await savedSpec(id, lab.records))?.targetEngineVersion).toBe("15.5");
  });

  it("a deployment that is created while the sweep is at work is not taken for deleted", async () => {
    const state = { deployments: [first()], databases: databasesOf(first()) };
    const outside = new Outside(lab.clock.now(), () => state);
    const rds = { ...outside.rds(), events: async () => [] };
    const common = {
      records: outside.records(),
      metrics: outside.metrics(),
      bus: outside.bus(),
      slack: outside.slack(),
      time: outside.clock,
      telemetry: logOnly(),
    };
    const sweepOf = (port: Rds) => createSweepHandler({ ...common, rds: port, tellBudgetMs: 40_000, ...DEFAULTS, operations: false })();
    await outside.clock.work(async () => {
      await sweepOf(rds);
      await sweepOf({ ...rds, deployments: async () => [] });
    });
    expect(outside.told.map(textOf)).toEqual(["blue-green: Ready to switch over", "blue-green: Ready to switch over"]);
  });
});

it(
  "lists more than 100 deployments in two calls, and tells of each",
  () =>
    play(async () => {
      const clusters = Array.from({ length: 101 }, (_, index) => `c${index}`);
      for (const cluster of clusters) {
        lab.rds.nextCreation = { minutes: 6_000 };
        await created(cluster);
      }
      const before = listings().length;
      await lab.sweep();
      expect(listings().length - before).toBe(2);
      for (let more = 0; more < 12; more += 1) await pass(lab, MINUTE).then(lab.sweep);
      expect(told(lab).sort()).toEqual(clusters.map((cluster) => `${cluster}-15 · Building green`).sort());
    }),
  60_000,
);
