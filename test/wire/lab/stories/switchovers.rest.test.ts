import { expect, it } from "vitest";
import { sequenceSyncFails } from "../../../../lab/stories/sequence-sync-fails.ts";
import type { Story } from "../../../../lab/stories/story.ts";
import { switchoverCancelled } from "../../../../lab/stories/switchover/cancelled.ts";
import { switchoverFindsDdl } from "../../../../lab/stories/switchover/finds-ddl.ts";
import { switchover } from "../../../../lab/stories/switchover/switchover.ts";
import { switchoverTimesOut } from "../../../../lab/stories/switchover/times-out.ts";
import { told } from "../../../support/lab/stage.ts";
import { BUILT, cardReadings, type Played, playWithSweeps, read } from "./play.ts";

const READY = [...BUILT, "  Ready to switch over"];
const BEGUN = "  Being switched over";
const SWITCHED = [BEGUN, "  Switchover started", "  Sequences are being synchronised", "  Sequences synchronised", "  Switched over"];
const CANCELLED = "Switchover cancelled";
const NOTHING_CHANGED = "Nothing has changed, blue is still production.";

/** Plays a story; answers with the timeouts of the switchovers that the lab accepted, in seconds. */
async function play(story: Story): Promise<Played & { timeouts: number[] }> {
  const played = await playWithSweeps(story);
  const calls = played.lab.rds.calls.filter((it) => it.action === "SwitchoverBlueGreenDeployment" && it.outcome === "accepted");
  return { ...played, timeouts: calls.map(({ parameters }) => Number(parameters["SwitchoverTimeout"])) };
}

it("switchover: a person reads the checklist, and the guard switches over once and reports what it did and what is left", async () => {
  const { lab, said, timeouts } = await play(switchover);
  expect(timeouts).toEqual([300]);
  expect(said.some((line) => line.includes("10 checks, 9 of them pass"))).toBe(true);
  expect(told(lab)).toEqual(["orders-16 · Switched over", ...READY, ...SWITCHED]);
  expect(read(lab, "Being switched over")).toContain("Asked for by oncall");
  const report = read(lab, "Switched over");
  expect(report).toContain("Engine: aurora-postgresql 15.5 → 16.4.");
  expect(report).toContain("It took 1 min 19 s");
  expect(report).toContain("reboot old blue's writer `orders-1-old1`");
  expect(report).toMatch(/to `orders-green-\w{6}`, now called `orders`\./);
  expect([lab.rds.acceptsWrites("orders"), lab.rds.acceptsWrites("orders-old1")]).toEqual([true, false]);
});

it("switchover-cancelled: the team is told why, the card reads as before the attempt, and the next attempt goes well", async () => {
  const { lab, readings, timeouts } = await play(switchoverCancelled);
  expect(timeouts).toEqual([300, 300]);
  expect(told(lab)).toEqual(["orders-16 · Switched over", ...READY, BEGUN, `  ${CANCELLED}`, ...SWITCHED]);
  expect(read(lab, CANCELLED)).toContain(NOTHING_CHANGED);
  expect(read(lab, CANCELLED)).toContain("Reason: long-running active writes on orders");
  const cards = cardReadings(readings);
  const attempt = cards.findIndex((text) => text.startsWith("orders-16 · Switching over"));
  expect(cards[attempt - 1]).toMatch(/^orders-16 · Ready to switch over$/m);
  expect(cards.slice(attempt)).toContain(cards[attempt - 1]);
  // Nothing but the lag changes meanwhile, and the button and the graph's link are there only while there is something behind them.
  const ready = cards.filter((text) => text.startsWith("orders-16 · Ready to switch over"));
  const changing = /^(Green lags by .*|\[ Switch over… \])\n| · Lag \(https:\S+\)|\n\*Details\*[\s\S]*$|\n\[ Switch over… \]$/gm;
  expect([
    ...new Set(
      ready.map(
        (text) =>
          `${text
            .replace(/\n\*Details\*[\s\S]*$/, "")
            .replace(changing, "")
            .trim()}`,
      ),
    ),
  ]).toHaveLength(1);
});

it("switchover-finds-ddl: cancelled with nothing changed, and the team is told to recreate instead", async () => {
  const { lab, timeouts } = await play(switchoverFindsDdl);
  expect(timeouts).toEqual([300]);
  expect(told(lab)).toEqual([
    "orders-16 · Degraded: cannot be switched over",
    ...READY,
    BEGUN,
    "  Switchover cancelled, replication is degraded",
  ]);
  expect(read(lab, "Switchover cancelled, replication is degraded")).toContain("Delete the deployment with green and create it again");
  expect(lab.slack.messages.some(({ text }) => text.includes("Degraded"))).toBe(true);
  expect(lab.rds.acceptsWrites("orders")).toBe(true);
});

it("sequence-sync-fails: rolled back and said so, and the longer timeout that is advised goes well", async () => {
  const { lab, said, timeouts } = await play(sequenceSyncFails);
  expect(timeouts).toEqual([300, 1_800]);
  expect(said.some((line) => line.includes("npx bluegreen-guard switchover orders-16 --timeout 1800"))).toBe(true);
  expect(told(lab)).toEqual(["orders-16 · Switched over", ...READY, ...SWITCHED.slice(0, 3), `  ${CANCELLED}`, ...SWITCHED]);
  expect(read(lab, CANCELLED)).toContain("Switch over again with a longer timeout");
  expect(read(lab, CANCELLED)).toContain(NOTHING_CHANGED);
});

it("switchover-times-out: RDS rolls back after half a minute, and its own five minutes are enough", async () => {
  const { lab, timeouts } = await play(switchoverTimesOut);
  expect(timeouts).toEqual([30, 300]);
  expect(told(lab)).toEqual(["orders-16 · Switched over", ...READY, ...SWITCHED.slice(0, 4), `  ${CANCELLED}`, ...SWITCHED]);
  expect(read(lab, CANCELLED)).toMatch(/timeout of 30 seconds/);
});
