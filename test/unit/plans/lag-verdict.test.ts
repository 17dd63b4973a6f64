import { expect, it } from "vitest";
import { type LagMetric, lagOf } from "../../../src/deployments/lag.ts";
import { lagVerdict } from "../../../src/plans/lag-verdict.ts";
import { inWords } from "../../support/finding-in-words.ts";

const NOW = Date.parse("2024-02-05T10:00:00.000Z");
const MB = 1024 ** 2;
const SLOT: LagMetric = { name: "OldestReplicationSlotLag", side: "blue", unit: "bytes", instance: "db-instance-writer" };
const REPLICA: LagMetric = { name: "ReplicaLag", side: "green", unit: "seconds", instance: "orders-green-8n9hio" };

/** The verdict on values a minute apart, the oldest first. */
function verdict(metric: LagMetric, values: readonly number[], ageMs = 60_000) {
  const newest = NOW - ageMs;
  const points = values.map((value, index) => ({ at: newest - (values.length - 1 - index) * 60_000, value }));
  return inWords(lagVerdict(lagOf(points, metric, NOW)));
}
const inMb = (...values: number[]) => values.map((it) => it * MB);

it("passes where the last three values are small, whatever came before", () => {
  expect(verdict(SLOT, inMb(700, 63, 20, 12))).toMatchObject({
    result: "pass",
    reason: "Green is 12 MB behind blue (OldestReplicationSlotLag of db-instance-writer).",
  });
  expect(verdict(REPLICA, [9, 4, 0, 1])).toMatchObject({ result: "pass" });
});

it("warns where one of the last three values is not small", () => {
  expect(verdict(SLOT, inMb(64, 20, 12))).toMatchObject({
    result: "warn",
    reason: "Green is 12 MB behind blue (OldestReplicationSlotLag of db-instance-writer).",
    remedy: "Wait until it stays below 64 MB. RDS refuses a switchover whose lag is too large for its timeout.",
  });
  expect(verdict(REPLICA, [5, 0, 0])).toMatchObject({ result: "warn", remedy: expect.stringContaining("below 5 s") });
});

it("warns of a lag that rises", () => {
  const rising = verdict(SLOT, inMb(0, 10, 30, 80, 120, 160, 200));
  expect(rising).toMatchObject({ result: "warn", reason: expect.stringContaining("200 MB behind blue, and the lag is rising") });
  expect(rising.remedy).toMatch(/^Find what writes so much to blue/);
});

it("warns, and does not fail, where green does not replicate", () => {
  expect(verdict(REPLICA, [0, 0, -1])).toMatchObject({
    result: "warn",
    reason: "Green does not replicate: ReplicaLag of orders-green-8n9hio is -1.",
    remedy: "Find the cause in green's error log: RDS refuses a switchover until green replicates.",
  });
});

it("is unknown where CloudWatch has no data, too few values or only old ones", () => {
  expect(verdict(SLOT, [])).toMatchObject({ result: "unknown", remedy: expect.stringContaining("OldestReplicationSlotLag") });
  expect(verdict(SLOT, inMb(1, 1))).toMatchObject({ result: "unknown", reason: expect.stringContaining("too few values") });
  expect(verdict(SLOT, inMb(1, 1, 1), 9 * 60_000)).toMatchObject({ result: "unknown", reason: expect.stringContaining("9 minutes old") });
});

it("is unknown where the reading failed, with its reason", () => {
  const reason = "GetMetricData was not answered within 5 s.";
  const why = { code: "timed-out", call: "GetMetricData", seconds: 5 } as const;
  expect(inWords(lagVerdict({ state: "unknown", metric: SLOT, why }))).toMatchObject({ result: "unknown", reason });
});

it("does not warn of what a quiet blue causes alone: the time since the last transaction", () => {
  // Source: RDS User Guide, USER_PostgreSQL.Replication.ReadReplicas.Monitor.
  const physical: LagMetric = { ...REPLICA, sinceTransaction: true };
  expect(verdict(physical, [60, 120, 180, 240])).toMatchObject({
    result: "unknown",
    remedy: expect.stringContaining("while blue is quiet"),
  });
  expect(verdict(physical, [1, 2, 1])).toMatchObject({ result: "pass" });
});
