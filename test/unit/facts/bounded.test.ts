import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bounded } from "../../../src/facts/bounded.ts";
import { withReport } from "../../../src/facts/facts.ts";
import { firstBytes } from "../../../src/facts/first-bytes.ts";
import { droppedOf, newRecord } from "../../../src/facts/record.ts";
import { rules } from "../../../src/rules/index.ts";
import { replicationDegraded } from "../../../src/rules/replication-degraded.ts";
import { replicationStopped } from "../../../src/rules/replication-stopped.ts";
import { allTold } from "../../support/deployments/upgrade.ts";
import { add, bytes, flapping, isAllTold, KEY, MINUTE, reportAt, START } from "../../support/flapping.ts";

const DAY = 24 * 60;

describe("a record that goes on for weeks", () => {
  it("stays small while replication stops and resumes each minute for two days, and keeps the first and the last fact", () => {
    const record = flapping(2 * DAY, "Replication has stopped.", isAllTold);
    expect(bytes(record)).toBeLessThan(200_000);
    expect(record.facts[0]?.reports[0]?.at).toBe("2024-02-05T00:00:00.000Z");
    expect(record.facts.at(-1)?.reports.at(-1)?.at).toMatch(/^2024-02-06T23:/);
    expect(record.dropped).toMatchObject({ "replication-stopped": { n: expect.any(Number) } });
  });

  it("stays small with the longest texts while Slack takes nothing, and drops no degradation for it", () => {
    const ruined = add(newRecord(KEY), replicationDegraded, reportAt(0, replicationDegraded.id, "x".repeat(9_000), "orders-1"));
    let record = ruined;
    for (let minute = 30; minute < 3 * DAY; minute += 20)
      record = add(record, replicationStopped, reportAt(minute, replicationStopped.id, "é".repeat(9_000)));
    expect(bytes(record)).toBeLessThan(200_000);
    expect(record.facts.filter(({ signal }) => signal === "replication-degraded")).toEqual(ruined.facts);
    expect(record.posts).toEqual([]);
  });

  it("cuts no character in half, wherever a text is cut", () => {
    for (const before of ["", "x", "xx", "xxx"]) {
      let record = newRecord(KEY);
      for (let minute = 0; minute < DAY; minute += 15)
        record = add(record, replicationStopped, reportAt(minute, replicationStopped.id, before + "\u{1F7E6}".repeat(2_000)));
      expect(JSON.stringify(record)).not.toMatch(/\\u[dD][89a-fA-F]/);
    }
  });

  it("is not told again what it dropped, when a copy of it comes late", () => {
    const record = flapping(3 * DAY, "x".repeat(1_500), isAllTold);
    const { upTo = "" } = record.dropped?.["replication-stopped"] ?? {};
    const minute = Math.floor((Date.parse(upTo) - START) / MINUTE);
    const late = reportAt(minute - 90, "replication-stopped", "Replication has stopped.", "orders-2-green-abc123");
    expect(add(record, replicationStopped, late)).toBe(record);
  });

  it("takes what is new all the same", () => {
    const record = flapping(3 * DAY, "x".repeat(1_500), isAllTold);
    const after = add(record, replicationDegraded, reportAt(3 * DAY, replicationDegraded.id, "DDL", "orders-1"));
    expect(after.facts.at(-1)).toMatchObject({ signal: "replication-degraded" });
  });
});

describe("any record", () => {
  const report = fc.record({
    rule: fc.constantFrom(...rules),
    minute: fc.nat(20 * DAY),
    name: fc.string({ maxLength: 63 }),
    text: fc.constantFrom("", "Replication has stopped.", "x".repeat(20_000), "日本".repeat(2_000)),
    copies: fc.nat(100),
    isTold: fc.boolean(),
  });

  it("is never above 200 KB, and counts what it loses", () => {
    void fc.assert(
      fc.property(fc.array(report, { maxLength: 12 }), (all) => {
        let record = newRecord(KEY);
        let lost = 0;
        for (const { rule, minute, name, text, copies, isTold } of all)
          for (let copy = 0; copy < copies; copy += 1) {
            const facts = withReport(record.facts, rule, reportAt(minute + copy * 70, rule.id, text, name), record.dropped);
            const grown = { ...record, facts, posts: isTold ? allTold(facts).posts : record.posts };
            record = bounded(grown);
            expect(bytes(record)).toBeLessThan(200_000);
            lost += grown.facts.length - record.facts.length;
          }
        expect(droppedOf(record)).toBe(lost);
      }),
      { numRuns: 20 },
    );
  });

  it("that fits is left as it is", () => {
    const record = flapping(30, "Replication has stopped.", (it) => it);
    expect(bounded(record)).toBe(record);
  });
});

it("a text is cut between characters", () => {
  expect(firstBytes("日本語", 9)).toBe("日本語");
  expect(firstBytes("日本語", 8)).toBe("日本");
  expect(firstBytes("a😀", 4)).toBe("a");
});
