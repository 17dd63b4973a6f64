import { createRetryStrategy, type DurableContext, JitterStrategy } from "@aws/durable-execution-sdk-js";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { resultOf } from "../../../support/local/engine.ts";
import { runThrough } from "./dying.ts";

const retryStrategy = createRetryStrategy({ maxAttempts: 5, initialDelay: { seconds: 1 }, jitter: JitterStrategy.NONE });

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
});

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
