import { describe, expect, it } from "vitest";
import type { RdsEvent } from "../../../src/events/rds-event.ts";
import { degradedReport, type Fact, latest, type Report, readingOf, richest, withReport } from "../../../src/facts/facts.ts";
import { untold } from "../../../src/facts/posts.ts";
import { newRecord } from "../../../src/facts/record.ts";
import { leftTo, toldTogether, withToldBy } from "../../../src/facts/told-by.ts";
import { replicationStopped } from "../../../src/rules/replication-stopped.ts";
import { allTold, event, factsOf, first, reportOf, second, told } from "../../support/deployments/upgrade.ts";

const MINUTE = 60_000;
const later = (from: RdsEvent, ms: number): RdsEvent => ({ ...from, date: new Date(Date.parse(from.date) + ms).toISOString() });
const reports = (events: RdsEvent[], deployment = second()): Report[] => events.map((it) => reportOf(it, deployment));
const resumed = (ms = 0) => reportOf(later(event({ sourceType: "db-instance", message: "Replication for the Read Replica resumed" }), ms));
const signals = (...all: Report[]) => factsOf(all).map(({ signal, reports }) => `${signal} x ${reports.length}`);

describe("reports of the same thing are one fact", () => {
  it("the pair of events that says replication is degraded", () => {
    expect(signals(...reports([...told("REPLICATION_DEGRADED"), ...told("Replication has been degraded")]))).toEqual([
      "replication-degraded x 2",
    ]);
  });

  it("a switchover's completion, said of the new name, of the old name and of the deployment", () => {
    expect(told("completed. Renamed")).toHaveLength(2);
    expect(signals(...reports([...told("completed. Renamed"), ...told("Switchover completed on")]))).toEqual(["switchover-completed x 3"]);
  });

  it("a switchover of a primary and its two replicas: one start, one completion", () => {
    const said = ["orders", "orders-r1", "orders-r2"].flatMap((name, index) =>
      ["started.", `completed. Renamed ${name} to ${name}-old1 and ${name}-green-a1b2c3 to ${name}.`].map((end) =>
        later(
          event({
            sourceType: "db-instance",
            sourceIdentifier: name,
            message: `Switchover from primary/read replica ${name} to ${name}-green-a1b2c3 ${end}`,
          }),
          index * 1_000,
        ),
      ),
    );
    expect(signals(...reports(said))).toEqual(["switchover-started x 3", "switchover-completed x 3"]);
  });

  it("up to ten minutes apart and no further, whichever came first", () => {
    expect(signals(resumed(0), resumed(10 * MINUTE))).toEqual(["replication-resumed x 2"]);
    expect(signals(resumed(10 * MINUTE), resumed(0))).toEqual(["replication-resumed x 2"]);
    expect(signals(resumed(0), resumed(10 * MINUTE + 1))).toEqual(["replication-resumed x 1", "replication-resumed x 1"]);
  });

  it("however far apart, where it happens once in a deployment's life", () => {
    const [completed] = told("tasks completed");
    if (!completed) throw new Error("The article recorded no completion.");
    expect(signals(reportOf(completed), reportOf(later(completed, 48 * 60 * MINUTE)))).toEqual(["tasks-completed x 2"]);
  });
});

describe("a report", () => {
  it("delivered again changes nothing, also where another fact of its kind is near", () => {
    const apart = [resumed(0), resumed(15 * MINUTE), resumed(8 * MINUTE)];
    const facts = factsOf(apart);
    for (const report of apart) expect(factsOf([report], facts)).toBe(facts);
  });

  it("of a member leaves the fact with the deployment's words, whichever came first", () => {
    const member = reports(told("completed. Renamed"));
    const own = reports(told("Switchover completed on"));
    const words = [factsOf([...member, ...own])[0], factsOf([...own, ...member])[0]].map((fact) => [fact?.signal, fact?.announce]);
    expect(words[0]).toEqual(words[1]);
    expect(words[0]).toEqual(["switchover-completed", false]);
  });

  it("of a start that comes late makes the completion be told again, since the pause is known only now", () => {
    const completed = allTold(factsOf(reports(told("Switchover completed on"))));
    expect(untold(completed)).toEqual([]);
    const withStart = factsOf(reports(told("Switchover started on")), completed.facts);
    expect(untold({ ...completed, facts: withStart }).map(({ signal }) => signal)).toEqual(["switchover-started", "switchover-completed"]);
    const started = allTold(withStart);
    const withEarlier = factsOf(reports(told("db-cluster-green-cvrzdo started")), withStart);
    expect(untold({ ...started, facts: withEarlier }).map(({ signal }) => signal)).toEqual(["switchover-started", "switchover-completed"]);
  });

  it("keeps no more of a text than 1,500 characters, and a fact no more than 24 reports", () => {
    const long = event({ sourceType: "db-instance", message: `Replication has stopped. ${"x".repeat(10_000)}` });
    const facts = factsOf(Array.from({ length: 60 }, (_, ms) => reportOf(later(long, ms))));
    expect(facts).toHaveLength(1);
    expect(facts[0]?.reports).toHaveLength(24);
    expect(facts[0]?.reports[0]?.message).toHaveLength(1_500);
  });

  it("keeps a database's newest word although the fact is full: by it is judged whether it replicates", () => {
    const flapping = Array.from({ length: 60 }, (_, index) => resumed(index * 10_000));
    const [before] = factsOf(flapping.slice(0, 24));
    const [full] = factsOf(flapping);
    expect(full?.reports).toHaveLength(24);
    expect(full?.reports.map(({ at }) => at)).toEqual([...(before?.reports.slice(0, 23).map(({ at }) => at) ?? []), flapping.at(-1)?.at]);
    expect(factsOf(flapping.slice(0, 59), full && [full])).toEqual([full]);
  });
});

describe("of a fact", () => {
  it("the report with most to read in it says most: blue's text of degraded replication, not green's", () => {
    const pair = reports([...told("Replication has been degraded"), ...told("REPLICATION_DEGRADED")], first());
    const [fact] = factsOf(pair);
    expect(fact && richest(fact)).toMatchObject({
      side: "blue",
      sourceIdentifier: "db-instance-writer",
      reading: { logHour: "2024-02-05-08" },
    });
  });

  it("the names are those of one pair, the deployment's own where it reported, and reasons of others are kept", () => {
    const cancelled = (name: string, reason: string, ms: number) =>
      later(
        event({
          sourceType: "db-instance",
          sourceIdentifier: name,
          message: `Switchover from primary ${name} to ${name}-green-a1b2c3 was canceled due to ${reason}.`,
        }),
        ms,
      );
    const [fact] = factsOf(reports([cancelled("orders", "lag", 0), cancelled("orders-r1", "DDL or Large Object changes on it", 9)]));
    if (!fact) throw new Error("There is no fact.");
    expect(readingOf(fact, "orders")).toMatchObject({ blue: "orders", green: "orders-green-a1b2c3", reason: "lag", degraded: true });
    expect(readingOf(fact, "orders-r1")).toMatchObject({ blue: "orders-r1", green: "orders-r1-green-a1b2c3", degraded: true });
    expect(readingOf(fact)).toMatchObject({ blue: "orders", green: "orders-green-a1b2c3" });
  });
});

describe("an event and the state that it led to", () => {
  const built = factsOf(reports(told("tasks completed").slice(0, 1)));
  const ready: Fact = {
    id: "ready|api",
    signal: "ready",
    severity: "good",
    announce: true,
    once: false,
    reports: [
      {
        delivery: "api",
        source: "look",
        signal: "ready",
        at: "2024-02-05T06:45:00.000Z",
        sourceIdentifier: "bgd",
        message: "",
        reading: {},
      },
    ],
    dest: ["slack", "bus"],
  };
  const unposted = (facts: readonly Fact[]) => ({ ...newRecord("deployment#bgd-1"), facts });

  it("are one entry where neither has one: the state's, with all reports", () => {
    const together = toldTogether(unposted([...built, ready]), "tasks-completed", "ready");
    expect(untold(unposted(together)).map(({ signal }) => signal)).toEqual(["ready"]);
    expect(withToldBy(ready, together).reports.map(({ signal }) => signal)).toEqual(["tasks-completed", "ready"]);
  });

  it("stay two where the event has its entry already", () => {
    const facts = [...built, ready];
    expect(toldTogether({ facts, posts: allTold(built).posts }, "tasks-completed", "ready")).toBe(facts);
    expect(withToldBy(ready, facts)).toBe(ready);
  });

  it("are one entry too where another report of the event comes later, and the entry is told again", () => {
    const { posts } = allTold([ready]);
    const together = toldTogether({ facts: [...built, ready], posts }, "tasks-completed", "ready");
    expect(untold({ ...unposted(together), posts }).map(({ signal }) => signal)).toEqual(["ready"]);
    const [first] = told("tasks completed");
    const again = first ? factsOf(reports([later(first, 5 * MINUTE)]), together) : [];
    expect(untold({ ...allTold(together), facts: again }).map(({ signal }) => signal)).toEqual(["ready"]);
  });

  it("the event waits where the state is sure to come, and is told with it", () => {
    const waiting = leftTo(unposted(built), "tasks-completed", "ready");
    expect(untold(unposted(waiting))).toEqual([]);
    expect(leftTo(unposted(waiting), "tasks-completed", "ready")).toBe(waiting);
    const together = toldTogether(unposted([...waiting, ready]), "tasks-completed", "ready");
    expect(withToldBy(ready, together).reports).toHaveLength(2);
  });
});

describe("of many facts", () => {
  const facts = factsOf([resumed(40 * MINUTE), ...reports(told("REPLICATION_DEGRADED"), first()), resumed(0)]);

  it("the untold come oldest first, whatever the order of arrival", () => {
    expect(untold({ ...newRecord("deployment#bgd-1"), facts }).map((fact) => fact.reports[0]?.at)).toEqual([
      "2024-02-05T08:07:00.000Z",
      "2024-02-05T11:41:00.000Z",
      "2024-02-05T12:21:00.000Z",
    ]);
  });

  it("the latest is the one that happened last", () => {
    expect(latest(facts, "replication-resumed")?.reports[0]?.at).toBe("2024-02-05T12:21:00.000Z");
    expect(latest(facts, "creation-failed")).toBeUndefined();
  });

  it("degraded is what was said since the deployment was created, and nothing older", () => {
    expect(degradedReport(facts, "2024-02-05T06:08:00.000Z")?.sourceIdentifier).toBe("db-instance-writer");
    expect(degradedReport(facts, undefined)?.sourceIdentifier).toBe("db-instance-writer");
    expect(degradedReport(facts, "2024-02-05T08:12:00.000Z")).toBeUndefined();
  });
});

describe("a record that goes on for months", () => {
  function flapping(times: number, everyMinutes: number): readonly Fact[] {
    return Array.from({ length: times }, (_, index) => index).reduce<readonly Fact[]>((facts, index) => {
      const at = new Date(Date.parse("2024-02-05T00:00:00Z") + index * everyMinutes * MINUTE).toISOString();
      const report = {
        delivery: at,
        source: "look" as const,
        signal: "replication-stopped" as const,
        at,
        sourceIdentifier: "orders",
        message: "x".repeat(10_000),
        reading: {},
      };
      return withReport(facts, replicationStopped, report);
    }, []);
  }

  it("is told again after an hour, though each report follows the one before within ten minutes", () => {
    expect(flapping(30, 9).length).toBe(5);
  });
});
