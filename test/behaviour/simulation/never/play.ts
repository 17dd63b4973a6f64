import * as fc from "fast-check";
import { HiddenGuard } from "../../../support/simulation/hidden/guard.ts";
import type { Happening } from "../../../support/simulation/hidden/happenings.ts";
import {
  everyDeployment,
  expectSafeWords,
  expectTrueMoment,
  expectTrueOutcomes,
  sentTexts,
} from "../../../support/simulation/hidden/judge.ts";
import type { Reading } from "../../../support/simulation/hidden/reads.ts";
import { momentOf } from "../../../support/simulation/hidden/said.ts";
import { type Shape, truthOf } from "../../../support/simulation/hidden/shape.ts";

const START = Date.parse("2024-02-05T06:00:00Z");

/** A step of a play: something happens, time passes, or the guard does something. */
export type Step =
  | Happening
  | { pass: number }
  | ({ guard: "sweep" | "go on"; kill?: number } & Reading)
  | ({ guard: "watch"; kill?: number; which: readonly number[] } & Reading)
  | ({ guard: "ask"; operation: "recreate" | "switchover" } & Reading);

/** Plays the steps, and expects after each that nothing false was said and nothing wrong was done. */
export async function play(shape: Shape, steps: readonly Step[]): Promise<HiddenGuard> {
  const guard = new HiddenGuard(START, [truthOf(shape, START)]);
  if (shape.seen) await guard.sweep({ lags: [] });
  for (const step of steps) {
    await take(guard, step);
    expectSafeWords(sentTexts(guard), guard);
    guard.sent.length = 0;
    expectTrueOutcomes(guard);
    if (!("guard" in step)) continue;
    for (const { id } of everyDeployment(guard.worlds)) {
      const moment = await momentOf(guard, id, step);
      if (!moment) continue;
      expectTrueMoment(moment, guard);
      expectSafeWords(moment.texts, guard);
    }
  }
  return guard;
}

/** True if the guard has looked at the deployment to which things happen. */
function isNewestNamed({ worlds, named }: HiddenGuard): boolean {
  const newest = everyDeployment(worlds).at(-1);
  return [...named].some((it) => it.startsWith(`${newest?.id}|`));
}

async function take(guard: HiddenGuard, step: Step): Promise<void> {
  // Who first looks after names were changed by hand, and cannot see it, takes what is there for the beginning.
  if ("do" in step && step.do === "by hand" && (step.listed === "old names" || step.how === "away") && !isNewestNamed(guard)) return;
  if ("do" in step) return guard.world.happen(step);
  if ("pass" in step) return guard.pass(step.pass);
  const kill =
    "kill" in step && step.kill !== undefined
      ? { call: step.kill >> 1, when: step.kill % 2 ? ("after" as const) : ("before" as const) }
      : undefined;
  switch (step.guard) {
    case "sweep":
      return void (await guard.sweep(step, kill));
    case "go on":
      return guard.goOn(step, kill);
    case "watch": {
      const { said } = guard.world;
      const events = said.length === 0 ? [] : step.which.flatMap((back) => said[said.length - 1 - (back % said.length)] ?? []);
      if (events.length > 0) await guard.watch(events, step, kill);
      return;
    }
    case "ask": {
      const id = guard.world.truth.deployments.at(-1)?.id;
      return id === undefined ? undefined : guard.ask(step.operation, id, step);
    }
  }
}

const reading = {
  lags: fc.oneof(
    { weight: 2, arbitrary: fc.constant<number[]>([]) },
    { weight: 3, arbitrary: fc.array(fc.constantFrom(0, 20, 59), { maxLength: 5 }) },
  ),
  hides: fc.option(fc.nat(5), { nil: undefined, freq: 4 }),
};
const kill = fc.option(fc.nat(60), { nil: undefined, freq: 3 });
const pair = fc.nat(3);
const side = fc.constantFrom("blue" as const, "green" as const);

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ do: "build" as const }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("database" as const),
      pair,
      side,
      status: fc.constantFrom("available", "storage-optimization", "rebooting", "stopped", "upgrading"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("replication" as const),
      pair,
      says: fc.constantFrom("replicating", "replication degraded", "error", "stopped", "terminated"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("event" as const),
      pair,
      says: fc.constantFrom("degraded" as const, "stopped" as const, "resumed" as const, "cancelled" as const, "upgrade failed" as const),
    }),
  },
  { weight: 5, arbitrary: fc.constant({ do: "begin" as const }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("exchange" as const),
      pair,
      how: fc.constantFrom("both" as const, "both, not said" as const, "blue alone" as const),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("fail" as const), pair }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("end" as const),
      as: fc.constantFrom("completed" as const, "failed" as const, "back" as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("drop" as const), pair, side }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("delete" as const), withGreen: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant({ do: "gone" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "again" as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("by hand" as const),
      pair,
      how: fc.constantFrom("swap" as const, "away" as const),
      listed: fc.constantFrom("new names" as const, "old names" as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: "invalid" as const }) },
);

const sweep = fc.record({ guard: fc.constant("sweep" as const), kill, ...reading });
const watch = fc.record({
  guard: fc.constant("watch" as const),
  kill,
  which: fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }),
  ...reading,
});
const goOnStep = fc.record({ guard: fc.constant("go on" as const), kill, ...reading });
const asked = (operation: "recreate" | "switchover") =>
  fc.record({ guard: fc.constant("ask" as const), operation: fc.constant(operation), ...reading }).map((it): Step[] => [it]);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: happening },
  { weight: 2, arbitrary: fc.record({ pass: fc.constantFrom(5, 30, 61, 300, 2_400) }) },
  { weight: 2, arbitrary: sweep },
  { weight: 2, arbitrary: watch },
  {
    weight: 1,
    arbitrary: fc.record({
      guard: fc.constant("ask" as const),
      operation: fc.constantFrom("recreate" as const, "switchover" as const),
      ...reading,
    }),
  },
  { weight: 2, arbitrary: goOnStep },
);

const how = fc.constantFrom("both" as const, "both" as const, "both, not said" as const, "blue alone" as const);
const exchanges = fc
  .shuffledSubarray([0, 1, 2], { minLength: 1 })
  .chain((pairs) => fc.tuple(...pairs.map((of) => how.map((it): Step => ({ do: "exchange", pair: of, how: it })))));
const looks = fc.array(fc.oneof(sweep, watch), { maxLength: 2 });
const going = fc
  .array(fc.tuple(fc.record({ pass: fc.constantFrom(5, 61, 130) }), goOnStep), { minLength: 1, maxLength: 3 })
  .map((it) => it.flat());
const ended = fc
  .constantFrom("completed" as const, "completed" as const, "failed" as const, "back" as const)
  .map((as): Step[] => [{ do: "end", as }]);
const one = (happening: Happening) => fc.constant<Step[]>([happening]);

/** Steps that belong together, with looks between them: a switchover by hand or by the guard, a recreation by a person or by the policy. */
const scene: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 12, arbitrary: step.map((it) => [it]) },
  { weight: 2, arbitrary: fc.tuple(one({ do: "begin" }), looks, exchanges, looks, ended, looks).map((it) => it.flat()) },
  { weight: 2, arbitrary: fc.tuple(asked("switchover"), going, exchanges, looks, ended, going, looks).map((it) => it.flat()) },
  {
    weight: 1,
    arbitrary: fc.tuple(asked("recreate"), going, looks, one({ do: "gone" }), going, one({ do: "build" }), going).map((it) => it.flat()),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        one({ do: "event", pair: 0, says: "degraded" }),
        looks,
        going,
        fc.constant<Step[]>([{ pass: 300 }]),
        going,
        looks,
        one({ do: "gone" }),
        going,
      )
      .map((it) => it.flat()),
  },
);

const plays: fc.Arbitrary<Step[]> = fc.array(scene, { minLength: 2, maxLength: 12, size: "max" }).map((it) => it.flat());

const shape: fc.Arbitrary<Shape> = fc.record({
  kind: fc.constantFrom("aurora" as const, "rds" as const),
  name: fc.constantFrom("orders", "orders-green-abc123", "orders-old1"),
  instances: fc.constantFrom(1, 1, 1, 2, 0),
  endpoint: fc.boolean(),
  listed: fc.boolean(),
  built: fc.constantFrom(true, true, true, false),
  seen: fc.constantFrom(true, true, true, false),
});

/** Plays so many sequences of steps, each with a deployment of its own; the same ones for the same `seed`. */
export async function expectNever(numRuns: number, seed?: number): Promise<void> {
  const property = fc.asyncProperty(shape, plays, async (of, steps) => {
    await play(of, steps);
  });
  await fc.assert(property, { numRuns, ...(seed !== undefined && { seed }) });
}
