import { expect, it } from "vitest";
import { threeAtOnce } from "../../../../lab/stories/three-at-once.ts";
import { told } from "../../../support/lab/stage.ts";
import { BUILT, INSTANCE_BUILT, playWithSweeps, threadOf } from "./play.ts";

const here = (titles: readonly string[]): string[] => titles.map((title) => title.trim());

it("three-at-once: three cards, each with its own thread and nothing of the others", async () => {
  const { lab } = await playWithSweeps(threeAtOnce);
  const cards = told(lab).filter((line) => !line.startsWith(" "));
  expect(cards.sort()).toEqual([
    "catalog-8-4 · Ready to switch over",
    "orders-16 · Switched over",
    "payments-16 · Degraded: cannot be switched over",
  ]);
  expect(threadOf(lab, "orders-16")).toEqual([
    ...here([...BUILT]),
    "Ready to switch over",
    "Switchover started",
    "Sequences are being synchronised",
    "Sequences synchronised",
    "Switched over",
  ]);
  expect(threadOf(lab, "payments-16")).toEqual([...here([...BUILT]), "Ready to switch over", "Replication is degraded"]);
  expect(threadOf(lab, "catalog-8-4")).toEqual(INSTANCE_BUILT);
});
