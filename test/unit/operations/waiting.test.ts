import type { DurableContext, WaitForConditionConfig } from "@aws/durable-execution-sdk-js";
import { describe, expect, it } from "vitest";
import { recordsInMemory } from "../../../local/records-memory.ts";
import { newRequest, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { writeRequest } from "../../../src/operations/requests.ts";
import { unused, type WaitBudget } from "../../../src/operations/waiting/budget.ts";
import { type Look, soonAfter } from "../../../src/operations/waiting/look.ts";
import { type Waited, waitUntilDone } from "../../../src/operations/waiting/wait.ts";

const HOUR = 3_600;
const SEVEN_DAYS = 7 * 24 * HOUR;
const ID = "0f9a2c41-7d35-4b8e-9c51-2f6d3e8a7b10";
const ASKED = {
  operation: "recreate",
  deploymentId: "bgd-hy5ntvomddiv89r8",
  deploymentName: "orders-15",
  blue: "cluster-ABC",
  requestedBy: { name: "oncall" },
  via: "terminal",
  stateHash: "",
  approved: true,
} as const;

interface Differences {
  wakes?: readonly number[];
  budget?: WaitBudget;
  isLost?: boolean;
  isUnwatched?: boolean;
}

/** What came of waiting in no time. */
interface Waits {
  waited: Waited;
  /** At which seconds it looked, and said that it is stuck. */
  looks: number[];
  tells: number[];
  /** Durable operations as AWS counts them. */
  operations: number;
  /** The request that each look was given. */
  requests: (OperationRequest | undefined)[];
}

/** Waits as an operation does; somebody wakes it at these seconds, if it waits for that then. */
async function waiting(
  look: (seconds: number, looks: number, unmoved: number) => Look,
  { wakes = [], budget, isLost = false, isUnwatched }: Differences = {},
): Promise<Waits> {
  let seconds = 0;
  const seen: Waits = { waited: {}, looks: [], tells: [], operations: 0, requests: [] };
  const records = recordsInMemory();
  if (!isLost) await writeRequest(records, newRequest(ID, ASKED, 0));
  let ends: { due: number; resolve(value?: unknown): void }[] = [];
  const lazy = (at: number) => ({
    // biome-ignore lint/suspicious/noThenProperty: the SDK's promises do nothing before somebody waits for them.
    then(...then: Parameters<Promise<unknown>["then"]>) {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      if (ends.push({ due: Math.max(seconds, at), resolve }) === 1) setImmediate(goOn);
      return promise.then(...then);
    },
  });
  /** The first end of a pause that comes ends it. */
  function goOn(): void {
    const first = ends.toSorted((a, b) => a.due - b.due)[0];
    ends = [];
    if (!first) return;
    seconds = first.due;
    first.resolve();
  }
  // Looks and pauses as the SDK does; that the engine does so has its own tests.
  const context = {
    async createCallback(name: string, { timeout }: { timeout: { seconds: number } }) {
      seen.operations += 1;
      const next = wakes.find((at) => at > seconds) ?? Number.POSITIVE_INFINITY;
      return [lazy(Math.min(seconds + timeout.seconds, next)), name];
    },
    async step(_name: string, work: () => Promise<unknown>) {
      seen.operations += 1;
      return JSON.parse(JSON.stringify(await work()));
    },
    wait(_name: string, duration: { seconds: number }) {
      seen.operations += 1;
      return lazy(seconds + duration.seconds);
    },
    async waitForCondition<T>(_name: string, check: (state: T) => Promise<T>, config: WaitForConditionConfig<T>): Promise<T> {
      for (let state = config.initialState, attempt = 1; ; attempt += 1) {
        seen.operations += 1;
        state = await check(state);
        const decision = config.waitStrategy(state, attempt);
        if (!decision.shouldContinue) return state;
        seconds += "seconds" in decision.delay ? (decision.delay.seconds ?? 0) : 0;
      }
    },
  } as unknown as DurableContext;
  const options = {
    budget,
    stuck: { afterSeconds: 6 * HOUR, tell: async () => void seen.tells.push(seconds) },
    async look(request: OperationRequest | undefined, unmoved: number) {
      seen.looks.push(seconds);
      seen.requests.push(request);
      return look(seconds, seen.looks.length, unmoved);
    },
  };
  seen.waited = await waitUntilDone({ context, requestId: ID, used: unused() }, "wait", options, {
    records,
    now: () => seconds * 1_000,
    isUnwatched,
  });
  expect((await records.read<OperationRequest>(requestKey(ID)))?.callback === undefined).toBe(isLost || isUnwatched === true);
  return seen;
}

const gaps = (looks: readonly number[]): number[] => looks.slice(1).map((at, index) => at - (looks[index] ?? at));

describe("a wait", () => {
  it("looks at once, and every five minutes while nobody wakes it", async () => {
    const { looks } = await waiting((seconds) => ({ done: seconds >= 1_200 }));
    expect(looks).toEqual([0, 300, 600, 900, 1_200]);
  });

  it("looks at the moment when it is woken, with a request that names what can wake it next", async () => {
    const { looks, requests } = await waiting((seconds) => ({ done: seconds >= 700 }), { wakes: [40, 412] });
    expect(looks).toEqual([0, 40, 340, 412, 712]);
    expect(requests.map((it) => it?.callback)).toEqual([1, 2, 3, 4, 5].map((count) => `wait ${count} woken`));
  });

  it("ends with what will never be done", async () => {
    const { waited } = await waiting((seconds) => ({ done: false, broken: seconds >= 10 ? { code: "gone", id: "bgd-1" } : undefined }));
    expect(waited.broken).toEqual({ code: "gone", id: "bgd-1" });
  });

  it("looks on at what its request says nothing of, where that is lost", async () => {
    const { waited, requests } = await waiting((seconds) => ({ done: seconds >= 300 }), { isLost: true });
    expect([waited.broken, ...requests]).toEqual([undefined, undefined, undefined]);
  });

  it("looks again soon after a look that failed, and goes on through failures that end within two hours", async () => {
    const { waited, looks } = await waiting((seconds) => {
      if (seconds < 2 * HOUR - 60) throw new Error("Rate exceeded");
      return { done: true };
    });
    expect(waited.broken).toBeUndefined();
    expect(gaps(looks).slice(0, 3)).toEqual([10, 10, 10]);
    expect(Math.max(...gaps(looks))).toBe(300);
  });

  it("is woken between looks that fail, too", async () => {
    const { looks } = await waiting(
      (seconds, count) => {
        if (count < 3) throw new Error("Rate exceeded");
        return { done: true, said: { code: "status-since", status: String(seconds) } };
      },
      { wakes: [6] },
    );
    expect(looks).toEqual([0, 6, 16]);
  });

  it("ends with the last failure once every look has failed for two hours", async () => {
    const { waited, looks } = await waiting((seconds) => {
      if (seconds >= HOUR) throw new Error("Rate exceeded");
      return { done: false };
    });
    expect(waited.broken).toEqual({ code: "looked-at-in-vain", text: "Rate exceeded" });
    expect((looks.at(-1) ?? 0) - HOUR).toBeGreaterThanOrEqual(2 * HOUR - 60);
    expect((looks.at(-1) ?? 0) - HOUR).toBeLessThan(2.1 * HOUR);
  });

  it("looks again as soon as the look said, at what has to be seen again", async () => {
    const { looks } = await waiting((seconds) => ({ done: seconds >= 350, within: seconds >= 300 ? 15 : undefined }));
    expect(looks).toEqual([0, 300, 315, 330, 345, 360]);
  });

  it("looks less often at what may be over any moment, the longer nothing of it has moved", async () => {
    const { looks } = await waiting((seconds, _looks, unmoved) => ({
      done: seconds >= 4 * HOUR,
      shows: { code: "gone" },
      within: soonAfter(unmoved),
    }));
    expect(gaps(looks).slice(0, 3)).toEqual([15, 15, 15]);
    expect(gaps(looks).at(-1)).toBe(300);
    expect(looks.length).toBeLessThan(100);
  });

  it("looks more often where no event wakes it, and less often the longer it has waited", async () => {
    const { looks } = await waiting((seconds) => ({ done: seconds >= 2 * HOUR }), { isUnwatched: true });
    expect(Math.max(...gaps(looks.filter((at) => at < 1_200)))).toBeLessThanOrEqual(13);
    expect(looks.at(-1)).toBeLessThanOrEqual(2 * HOUR * 1.01);
    const week = await waiting((seconds) => ({ done: seconds >= SEVEN_DAYS }), { isUnwatched: true });
    expect(week.operations).toBeLessThanOrEqual(2_610);
    expect(Math.max(...gaps(week.looks))).toBe(300);
  });

  it("says once that nothing moves, and again only after something has moved", async () => {
    const { tells } = await waiting((seconds) => ({
      done: seconds > 40 * HOUR,
      shows: { code: "switching-over", status: "", switched: seconds < 20 * HOUR ? 1 : 2, of: 2 },
    }));
    expect(tells.map((at) => Math.floor(at / HOUR))).toEqual([6, 26]);
  });
});

// AWS allows an execution 3,000 durable operations. Source: Lambda developer guide, "Durable functions", quotas.
describe("of the durable operations that AWS allows an execution, a wait leaves some for the rest", () => {
  it("over a week, and looks every five minutes to the end", async () => {
    const { looks, operations } = await waiting((seconds) => ({ done: seconds >= SEVEN_DAYS }));
    expect(Math.max(...gaps(looks))).toBe(300);
    expect(operations).toBeLessThanOrEqual(2_601);
  });

  it("in a storm of a thousand events, which costs a look every few seconds, and not many", async () => {
    const wakes = Array.from({ length: 1_000 }, (_, index) => 100 + index / 10);
    const { looks } = await waiting((seconds) => ({ done: seconds >= 600 }), { wakes });
    const inStorm = looks.filter((at) => at >= 100 && at < 200);
    expect(inStorm.length).toBeLessThanOrEqual(100 / 3 + 2);
    expect(inStorm.length).toBeGreaterThan(20);
  });

  it("in a storm that does not end, after which it is not woken any more, and looks every five minutes", async () => {
    const wakes = Array.from({ length: 20_000 }, (_, index) => index);
    const { looks, operations } = await waiting((seconds) => ({ done: seconds >= SEVEN_DAYS }), { wakes });
    expect(operations).toBeLessThanOrEqual(2_610);
    expect(looks.filter((at) => at < 2_000).length).toBeLessThan(250);
    expect(Math.max(...gaps(looks))).toBe(300);
  });

  it("in a storm that does not end, after which it still looks soon again at what has to be seen again", async () => {
    const wakes = Array.from({ length: 20_000 }, (_, index) => index);
    const missed: number[] = [];
    const look = (seconds: number) => {
      if (seconds >= 30 * HOUR) missed.push(seconds);
      return { done: missed.length === 5, within: missed.length > 0 ? 15 : undefined };
    };
    await waiting(look, { wakes });
    expect(gaps(missed)).toEqual([15, 15, 15, 15]);
  });

  it("of a switchover, whose looks are never more than ten seconds apart", async () => {
    const budget = { netSeconds: 10, longestSeconds: 2 * HOUR };
    const wakes = Array.from({ length: 500 }, (_, index) => index * 7);
    const { looks, operations } = await waiting((seconds) => ({ done: seconds >= 1.5 * HOUR }), { wakes, budget });
    expect(Math.max(...gaps(looks))).toBe(10);
    expect(operations).toBeLessThanOrEqual(2_600);
  });
});
