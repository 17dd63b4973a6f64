import type { DurableContext, WaitForConditionConfig } from "@aws/durable-execution-sdk-js";
import { describe, expect, it } from "vitest";
import { type Look, type Waited, waitUntilDone } from "../../../src/operations/polling.ts";

const HOUR = 3_600;
const SEVEN_DAYS = 7 * 24 * HOUR;

/** Waits as an operation does, in no time; `waited` says how it ended, `looks` at which seconds it looked, `tells` at which it said that it is stuck. */
async function waiting(
  look: (seconds: number, looks: number) => Look,
  waitedBefore = 0,
): Promise<{ waited: Waited; looks: number[]; tells: number[] }> {
  let seconds = 0;
  const looks: number[] = [];
  const tells: number[] = [];
  // Looks and pauses as the SDK does; that the engine does so has its own test.
  async function waitForCondition<T>(_name: string, check: (state: T) => Promise<T>, config: WaitForConditionConfig<T>): Promise<T> {
    for (let state = config.initialState, attempt = 1; ; attempt += 1) {
      state = await check(state);
      const decision = config.waitStrategy(state, attempt);
      if (!decision.shouldContinue) return state;
      seconds += "seconds" in decision.delay ? (decision.delay.seconds ?? 0) : 0;
    }
  }
  const waited = await waitUntilDone({ waitForCondition } as unknown as DurableContext, "wait", {
    waitedBefore,
    stuck: { afterSeconds: 6 * HOUR, tell: async () => void tells.push(seconds) },
    async look() {
      looks.push(seconds);
      return look(seconds, looks.length);
    },
  });
  return { waited, looks, tells };
}

describe("a wait", () => {
  it("looks at once, then later each time, and every ten seconds for twenty minutes", async () => {
    const { looks } = await waiting((seconds) => ({ done: seconds >= 1_200 }));
    expect(looks.slice(0, 8)).toEqual([0, 2, 4, 7, 12, 19, 29, 39]);
    expect(Math.max(...looks.map((at, index) => at - (looks[index - 1] ?? at)))).toBe(10);
  });

  it("ends with what will never be done", async () => {
    const { waited } = await waiting((seconds) => ({ done: false, broken: seconds >= 10 ? "It is gone." : undefined }));
    expect(waited.broken).toBe("It is gone.");
  });

  it("goes on through failures that end within two hours", async () => {
    const { waited } = await waiting((seconds) => {
      if (seconds < 2 * HOUR - 60) throw new Error("Rate exceeded");
      return { done: true };
    });
    expect(waited.broken).toBeUndefined();
  });

  it("ends with the last failure once every look has failed for two hours", async () => {
    const { waited, looks } = await waiting((seconds) => {
      if (seconds >= HOUR) throw new Error("Rate exceeded");
      return { done: false };
    });
    expect(waited.broken).toBe("For two hours it could not be looked at: Rate exceeded");
    expect((looks.at(-1) ?? 0) - HOUR).toBeGreaterThanOrEqual(2 * HOUR - 60);
    expect((looks.at(-1) ?? 0) - HOUR).toBeLessThan(2.1 * HOUR);
  });

  it("looks again within 15 seconds at what has to be seen again, however long it has waited", async () => {
    const { looks } = await waiting((seconds) => ({ done: seconds >= 50 * HOUR, soon: seconds >= 49 * HOUR }));
    expect((looks.at(-1) ?? 0) - (looks.at(-2) ?? 0)).toBe(15);
  });

  it("never looks less often than every five minutes, so that whoever cancels is heard", async () => {
    const { looks } = await waiting((seconds) => ({ done: seconds >= SEVEN_DAYS }));
    expect(Math.max(...looks.map((at, index) => at - (looks[index - 1] ?? at)))).toBe(300);
  });

  it("says once that nothing moves, and again only after something has moved", async () => {
    const { tells } = await waiting((seconds) => ({ done: seconds > 40 * HOUR, shows: seconds < 20 * HOUR ? "one task" : "two tasks" }));
    expect(tells.map((at) => Math.floor(at / HOUR))).toEqual([6, 26]);
  });

  it("of seven days takes fewer than 2,600 looks, of the 3,000 that Lambda allows an execution, however its parts are cut", async () => {
    const whole = await waiting((seconds) => ({ done: seconds >= SEVEN_DAYS }));
    expect(whole.looks.length).toBeLessThan(2_600);
    const first = await waiting((seconds) => ({ done: seconds >= HOUR }));
    const second = await waiting((seconds) => ({ done: seconds >= 10 * HOUR }), first.waited.waited);
    const third = await waiting((seconds) => ({ done: seconds >= SEVEN_DAYS }), second.waited.waited);
    expect(first.looks.length + second.looks.length + third.looks.length).toBeLessThan(2_600);
  });

  it("ends at most one percent later than what it waits for, or ten seconds", async () => {
    for (const end of [60, HOUR, 5 * HOUR, 48 * HOUR, SEVEN_DAYS]) {
      const { looks } = await waiting((seconds) => ({ done: seconds >= end }));
      expect((looks.at(-1) ?? 0) - end).toBeLessThanOrEqual(Math.max(10, end / 100));
    }
  });
});
