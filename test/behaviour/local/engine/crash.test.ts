import { createRetryStrategy, createWaitStrategy, JitterStrategy } from "@aws/durable-execution-sdk-js";
import { describe, expect, it } from "vitest";
import { resultOf, type Workflow } from "../../../support/local/engine.ts";
import { runThrough } from "./dying.ts";

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
  });
});
