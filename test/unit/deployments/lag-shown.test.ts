import { expect, it } from "vitest";
import type { Lag, LagTrend, LagUnknown } from "../../../src/deployments/lag.ts";
import { type LagShown, lagShown } from "../../../src/deployments/lag-shown.ts";

const MB = 1024 ** 2;

const METRIC = { name: "OldestReplicationSlotLag", side: "blue", unit: "bytes", instance: "db-instance-writer" } as const;

function slot(mb: number, trend: LagTrend = "steady", aboutMsToZero?: number): Lag {
  const value = mb * MB;
  return { state: "measured", metric: METRIC, value, unit: "bytes", latest: [value], ageMs: 60_000, trend, aboutMsToZero };
}

/** What a card shows after each of these readings, each compared with the one before. */
function shownIn(readings: readonly Lag[]): LagShown[] {
  let before: LagShown | undefined;
  return readings.map((lag) => {
    before = lagShown(lag, before);
    return before;
  });
}

it("shows a lag in steps that double, beginning with a small one", () => {
  const shown = [0, 12, 63, 64, 127, 500].map((mb) => lagShown(slot(mb)));
  expect(shown.map((it) => it.state === "measured" && it.below / MB)).toEqual([64, 64, 64, 128, 128, 512]);
});

it("shows the same from sweep to sweep while only the value, its age and the reason change", () => {
  expect(lagShown({ ...slot(12), ageMs: 30_000 } as Lag)).toEqual(lagShown(slot(40)));
  const unknown = (why: LagUnknown): Lag => ({ state: "unknown", metric: METRIC, why });
  expect(lagShown(unknown({ code: "refused", call: "GetMetricData", error: "Throttling", text: "Rate exceeded" }))).toEqual(
    lagShown(unknown({ code: "timed-out", call: "GetMetricData", seconds: 5 })),
  );
});

it("keeps its step while the value goes to and fro at its edge", () => {
  const shown = shownIn([60, 66, 60, 70, 50].map((mb) => slot(mb)));
  expect(new Set(shown.map((it) => JSON.stringify(it))).size).toBe(1);
});

it("takes another step once the value has left its own", () => {
  const shown = shownIn([60, 100, 40, 400].map((mb) => slot(mb)));
  expect(shown.map((it) => it.state === "measured" && it.below / MB)).toEqual([64, 128, 64, 512]);
});

it("shows which way it goes, and the minutes until 0 only of a large lag that falls", () => {
  expect(lagShown(slot(300, "falling", 5.5 * 60_000))).toEqual({
    state: "measured",
    unit: "bytes",
    below: 512 * MB,
    trend: "falling",
    aboutMinutes: 8,
  });
  expect(lagShown(slot(12, "falling", 30_000))).not.toHaveProperty("aboutMinutes");
  expect(lagShown(slot(300, "steady", 60_000))).not.toHaveProperty("aboutMinutes");
});

it("does not show a step of one unit for a value of the other", () => {
  const seconds = { name: "ReplicaLag", side: "green", unit: "seconds", instance: "orders-green-8n9hio" } as const;
  const lag: Lag = { state: "measured", metric: seconds, value: 7, unit: "seconds", latest: [7], ageMs: 0, trend: "steady" };
  expect(lagShown(lag, lagShown(slot(12)))).toEqual({ state: "measured", unit: "seconds", below: 10, trend: "steady" });
});
