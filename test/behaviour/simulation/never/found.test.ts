import { expect, it } from "vitest";
import type { Happening } from "../../../support/simulation/hidden/happenings.ts";
import type { Shape } from "../../../support/simulation/hidden/shape.ts";
import { play, type Step } from "./play.ts";

const AURORA: Shape = { kind: "aurora", name: "orders", instances: 1, endpoint: true, listed: true, built: true, seen: true };
const sweep: Step = { guard: "sweep", lags: [] };
const goOn: Step = { guard: "go on", lags: [] };
const late: Step = { guard: "sweep", lags: [59] };
const ask = (operation: "recreate" | "switchover"): Step => ({ guard: "ask", operation, lags: [] });
const watch: Step = { guard: "watch", which: [0], lags: [] };
const exchange = (pair: number): Happening => ({ do: "exchange", pair, how: "both" });
const degraded: Happening = { do: "event", pair: 0, says: "degraded" };

/** Sequences of which something false was said, or something wrong was done, until the guard was mended. */
it.each<[string, Partial<Shape>, Step[]]>([
  ["blue is gone: production is not called blue", {}, [{ do: "drop", pair: 0, side: "blue" }, { pass: 61 }, sweep]],
  ["a custom endpoint of blue is gone", { instances: 0 }, [{ do: "drop", pair: 1, side: "blue" }, { pass: 61 }, sweep]],
  ["blue is gone before the first look", { seen: false }, [{ do: "drop", pair: 0, side: "blue" }, { pass: 61 }, sweep]],
  [
    "blue was renamed by hand: its new name is not recorded as another blue",
    {},
    [{ do: "by hand", pair: 0, how: "away", listed: "new names" }, { pass: 61 }, sweep],
  ],
  [
    "names were exchanged by hand before the first look: it is not ready",
    { seen: false },
    [{ do: "by hand", pair: 0, how: "swap", listed: "new names" }, { pass: 61 }, sweep],
  ],
  [
    "names of readers that RDS does not list were exchanged by hand: green is not deleted",
    { listed: false, endpoint: false },
    [{ do: "by hand", pair: 1, how: "swap", listed: "new names" }, { pass: 61 }, sweep, ask("recreate"), { pass: 5 }, goOn],
  ],
  [
    "a reader that RDS does not list was switched before the switchover of its cluster failed: green is not deleted",
    { listed: false, endpoint: false },
    [
      { do: "begin" },
      exchange(1),
      { do: "fail", pair: 0 },
      { do: "end", as: "failed" },
      { pass: 61 },
      sweep,
      ask("recreate"),
      { pass: 5 },
      goOn,
    ],
  ],
  [
    "the same, where blue is called as green is",
    { seen: false, name: "orders-green-abc123" },
    [{ do: "by hand", pair: 0, how: "swap", listed: "new names" }, { pass: 61 }, sweep],
  ],
  [
    "a reader's name from another moment is not another reader, switched with its cluster",
    { endpoint: false },
    [
      { do: "begin" },
      exchange(0),
      { pass: 30 },
      { do: "exchange", pair: 1, how: "blue alone" },
      { guard: "sweep", lags: [20, 0, 0] },
      { do: "end", as: "completed" },
      { pass: 61 },
      sweep,
    ],
  ],
  ["ready is told after the switchover has begun", {}, [{ do: "begin" }, exchange(0), sweep]],
  [
    "RDS calls a switchover failed whose every member was switched",
    { instances: 0, endpoint: false },
    [{ do: "begin" }, exchange(0), { do: "end", as: "back" }, sweep],
  ],
  [
    "the API says degraded, and then members are switched",
    {},
    [{ do: "replication", pair: 0, says: "replication degraded" }, sweep, { do: "begin" }, exchange(0), sweep],
  ],
  [
    "the API said degraded, and an answer from before that follows",
    {},
    [{ do: "replication", pair: 0, says: "replication degraded" }, sweep, late],
  ],
  [
    "an event says degraded of a green whose deployment is not found",
    { listed: false, endpoint: false },
    [{ do: "begin" }, { do: "event", pair: 1, says: "degraded" }, exchange(0), sweep],
  ],
  [
    "a member was switched while the policy asks a person",
    { instances: 0, endpoint: false },
    [degraded, sweep, goOn, { do: "begin" }, exchange(0), watch, sweep],
  ],
  [
    "a member was switched before the policy looks",
    { instances: 0, endpoint: false },
    [degraded, sweep, { do: "begin" }, exchange(0), goOn, sweep],
  ],
  [
    "a switchover by the guard ends, and an older answer follows",
    {},
    [ask("switchover"), { pass: 5 }, goOn, exchange(0), exchange(1), exchange(2), { do: "end", as: "completed" }, { pass: 5 }, goOn, late],
  ],
  [
    "an event's own answer shows a member switched, and an older one follows",
    {},
    [{ do: "begin" }, exchange(0), { guard: "watch", which: [0], lags: [0, 20, 59] }],
  ],
  [
    "a person's command reads twice, and the second answer is older",
    {},
    [{ do: "begin" }, exchange(0), { guard: "sweep", lags: [59, 59, 0, 59] }, { guard: "watch", which: [0], lags: [0, 20, 59] }],
  ],
])("%s", async (_found, shape, steps) => {
  await play({ ...AURORA, ...shape }, steps);
});

it("a listing from before the deletion does not keep the guard from creating the deployment again", async () => {
  const begun: Step[] = [ask("recreate"), { pass: 5 }, goOn, { do: "gone" }];
  const guard = await play(AURORA, [
    ...begun,
    { pass: 5 },
    { guard: "go on", lags: [0, 0, 0, 59, 59, 59, 59, 59, 59] },
    { pass: 61 },
    goOn,
    { pass: 61 },
    goOn,
  ]);
  expect(guard.world.truth.deployments.map(({ name }) => name)).toEqual(["upgrade-00000001"]);
});
