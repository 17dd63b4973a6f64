import { createRetryStrategy, createWaitStrategy, type DurableContext, JitterStrategy } from "@aws/durable-execution-sdk-js";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../../local/clock.ts";
import type { Execution } from "../../../../local/engine/execution.ts";
import type { ExecutionStore } from "../../../../local/engine/store.ts";
import { openEngine, resultOf, START, temporaryFolder, type Workflow } from "../../../support/local/engine.ts";

/** Where a process dies: before or after one of its writes to the disk, counted from 0. */
interface Crash {
  save: number;
  when: "before" | "after";
}

/** Runs a workflow in processes that die, one after the other, until one lives; `effects` outlive them. */
async function runThrough(crashes: readonly Crash[], workflow: Workflow): Promise<{ execution: Execution; crashed: number }> {
  const folder = await temporaryFolder();
  let now = START;
  let crashed = 0;
  for (const crash of [...crashes, undefined]) {
    const clock = new VirtualClock(now);
    let die: () => void = () => undefined;
    const died = new Promise<undefined>((resolve) => {
      die = () => resolve(undefined);
    });
    let opened: ExecutionStore | undefined;
    const { engine } = await openEngine(workflow, {
      folder,
      clock,
      within(store) {
        opened = store;
        return dyingAt(crash, store, die);
      },
    });
    await engine.recover();
    const ended = engine.start("work", {}, "one").then(({ arn }) => engine.done(arn));
    const execution = await Promise.race([ended, died]);
    if (execution) return { execution, crashed };
    crashed += 1;
    now = clock.now();
    clock.stop();
    await opened?.close();
  }
  throw new Error("The last process cannot die.");
}

/** A store whose process dies at a write: nothing that it waits for comes back. */
function dyingAt(crash: Crash | undefined, store: ExecutionStore, die: () => void): ExecutionStore {
  let saves = 0;
  let dead = false;
  const forEver = new Promise<void>(() => undefined);
  return {
    ...store,
    async save(execution) {
      const dies = !dead && crash?.save === saves;
      saves += 1;
      if (dead) return forEver;
      if (dies) dead = true;
      if (!dies || crash?.when === "after") await store.save(execution);
      if (!dies) return undefined;
      die();
      return forEver;
    },
  };
}

const retryStrategy = createRetryStrategy({ maxAttempts: 5, initialDelay: { seconds: 1 }, jitter: JitterStrategy.NONE });

/** Every kind of operation once. */
function everything(effects: string[]): Workflow {
  return async (_input, context) => {
    const first = await context.step("first", async () => effects.push("first") && "a");
    await context.wait("pause", { minutes: 5 });
    const shaky = await context.step(
      "shaky",
      async () => {
        effects.push("shaky");
        if (effects.filter((it) => it === "shaky").length < 2) throw new Error("not yet");
        return "b";
      },
      { retryStrategy },
    );
    const polled = await context.waitForCondition<number>("poll", async (state) => state + 1, {
      initialState: 0,
      waitStrategy: createWaitStrategy<number>({
        maxAttempts: 10,
        initialDelay: { seconds: 2 },
        jitter: JitterStrategy.NONE,
        shouldContinuePolling: (state) => state < 3,
      }),
    });
    const left = await context.step("left", async () => effects.push("left") && "l");
    const right = await context.step("right", async () => effects.push("right") && "r");
    const last = await context.step("last", async () => effects.push("last") && "z");
    return [first, shaky, polled, left, right, last];
  };
}

const ONCE = ["first", "left", "right", "last"];
const count = (effects: readonly string[], name: string) => effects.filter((it) => it === name).length;

describe("a process that dies before or after any of its writes", () => {
  it.each(["before", "after"] as const)(
    "is followed by one that goes on: %s",
    async (when) => {
      for (let save = 0; ; save += 1) {
        const effects: string[] = [];
        const { execution, crashed } = await runThrough([{ save, when }], everything(effects));
        if (crashed === 0) break;
        expect(resultOf(execution), `died ${when} write ${save}`).toEqual(["a", "b", 3, "l", "r", "z"]);
        for (const name of ONCE) expect(count(effects, name)).toBeGreaterThanOrEqual(1);
        // At most what was under way is done again.
        expect(ONCE.reduce((sum, name) => sum + count(effects, name), 0)).toBeLessThanOrEqual(ONCE.length + 1);
        expect(save).toBeLessThan(60);
      }
    },
    60_000,
  );

  it("again and again comes to the same end", async () => {
    for (const when of ["before", "after"] as const) {
      const effects: string[] = [];
      const crashes = Array.from({ length: 30 }, () => ({ save: 2, when }));
      const { execution, crashed } = await runThrough(crashes, everything(effects));
      expect(crashed).toBeGreaterThan(3);
      expect(resultOf(execution)).toEqual(["a", "b", 3, "l", "r", "z"]);
    }
  }, 60_000);
});

type Part = { kind: "step"; value: number } | { kind: "wait"; seconds: number } | { kind: "shaky"; failures: number };

const part = fc.oneof(
  fc.record({ kind: fc.constant("step" as const), value: fc.nat(1_000) }),
  fc.record({ kind: fc.constant("wait" as const), seconds: fc.integer({ min: 1, max: 100_000 }) }),
  fc.record({ kind: fc.constant("shaky" as const), failures: fc.nat(3) }),
);

it("any workflow comes to the same end in the same order, wherever its processes die, and keeps what a step has answered", async () => {
  const crash = fc.record({ save: fc.nat(12), when: fc.constantFrom("before" as const, "after" as const) });
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 8 }), fc.array(crash, { maxLength: 4 }), async (parts, crashes) => {
      const told = new Map<number, unknown>();
      const order: number[] = [];
      const { execution } = await runThrough(crashes, async (_input, context) => {
        const answers: unknown[] = [];
        for (const [index, it] of parts.entries()) {
          const answer = await answerOf(it, index, context, order);
          expect(told.get(index) ?? answer).toEqual(answer);
          told.set(index, answer);
          answers.push(answer);
        }
        return answers;
      });
      expect(resultOf(execution)).toEqual([...told.values()]);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }),
    { numRuns: 60 },
  );
}, 120_000);

let runs = 0;

/** Does one part; what it answers is another each time it is really done. */
async function answerOf(it: Part, index: number, context: DurableContext, order: number[]): Promise<unknown> {
  const name = `${it.kind} ${index}`;
  if (it.kind === "wait") return (await context.wait(name, { seconds: it.seconds })) ?? null;
  return context.step(
    name,
    async () => {
      order.push(index);
      runs += 1;
      if (it.kind === "shaky" && order.filter((done) => done === index).length <= it.failures) throw new Error("not yet");
      return runs;
    },
    { retryStrategy },
  );
}
