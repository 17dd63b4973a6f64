import { createRetryStrategy, createWaitStrategy, JitterStrategy } from "@aws/durable-execution-sdk-js";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../../../local/clock.ts";
import { AlreadyStartedError } from "../../../../local/engine/engine.ts";
import { openEngine, resultOf, START, temporaryFolder, type Workflow } from "../../../support/local/engine.ts";

const MINUTE = 60_000;
const never = { retryStrategy: () => ({ shouldRetry: false as const }) };

describe("a workflow on this machine", () => {
  it("runs its steps in order, each once, with the input that it was given", async () => {
    const done: string[] = [];
    const { run } = await openEngine(async (input, context) => {
      const first = await context.step("first", async () => done.push(`first ${input["word"]}`));
      return context.step("second", async () => done.push(`second after ${first}`));
    });
    expect(resultOf(await run("one", { word: "hello" }))).toBe(2);
    expect(done).toEqual(["first hello", "second after 1"]);
  });

  it("waits to the second, days in no time", async () => {
    const { run, clock } = await openEngine(async (_input, context) => {
      await context.wait("a while", { days: 2, seconds: 1 });
      return "waited";
    });
    const { startedAt, endedAt = 0, invocations } = await run();
    expect(endedAt - startedAt).toBe(2 * 24 * 60 * MINUTE + 1_000);
    expect(clock.now()).toBeGreaterThan(START);
    expect(invocations).toBe(2);
  });

  it("tries a step again when its strategy says", async () => {
    const tries: number[] = [];
    const retryStrategy = createRetryStrategy({
      maxAttempts: 3,
      initialDelay: { seconds: 10 },
      backoffRate: 2,
      jitter: JitterStrategy.NONE,
    });
    const { run, clock } = await openEngine((_input, context) =>
      context.step(
        "shaky",
        async () => {
          tries.push((clock.now() - START) / 1_000);
          if (tries.length < 3) throw new Error("not yet");
          return tries.length;
        },
        { retryStrategy },
      ),
    );
    expect(resultOf(await run())).toBe(3);
    expect(tries).toEqual([0, 10, 30]);
  });

  it("fails where a step fails for good, with the step's own words", async () => {
    const { run } = await openEngine((_input, context) =>
      context.step("hopeless", () => Promise.reject(new RangeError("no such thing")), never),
    );
    const { status, error } = await run();
    expect(status).toBe("FAILED");
    expect(JSON.stringify(error)).toContain("no such thing");
  });

  it("polls a condition as its strategy says", async () => {
    const polls: number[] = [];
    const { run, clock } = await openEngine((_input, context) =>
      context.waitForCondition<number>(
        "ready",
        async (state) => {
          polls.push((clock.now() - START) / 1_000);
          return state + 1;
        },
        {
          initialState: 0,
          waitStrategy: createWaitStrategy<number>({
            maxAttempts: 100,
            initialDelay: { seconds: 2 },
            maxDelay: { seconds: 8 },
            backoffRate: 2,
            jitter: JitterStrategy.NONE,
            shouldContinuePolling: (state) => state < 5,
          }),
        },
      ),
    );
    expect(resultOf(await run())).toBe(5);
    expect(polls).toEqual([0, 2, 6, 14, 22]);
  });

  it("goes on when its callback comes", async () => {
    const clock = new VirtualClock(START);
    let id = "";
    const { run, engine } = await openEngine(
      async (_input, context) => {
        const [approval, callbackId] = await context.createCallback("approval");
        await context.step("ask", async () => {
          id = callbackId;
          void clock.work(async () => {
            await clock.until(clock.now() + 5 * MINUTE);
            await engine.completeCallback(callbackId, { result: "yes" });
          });
        });
        return approval;
      },
      { clock },
    );
    const execution = await run();
    expect(resultOf(execution)).toBe("yes");
    expect((execution.endedAt ?? 0) - execution.startedAt).toBe(5 * MINUTE);
    await expect(engine.completeCallback(id, { result: "no" })).rejects.toThrow("Nobody waits for the callback");
    await expect(engine.completeCallback("nonsense", {})).rejects.toThrow('"nonsense" is no callback\'s id.');
  });

  it("is woken once by a callback, of which the next process knows if this one dies right after", async () => {
    const folder = await temporaryFolder();
    const clock = new VirtualClock(START);
    let id = "";
    const work: Workflow = async (_input, context) => {
      const [woken, callbackId] = await context.createCallback("woken", { timeout: { hours: 1 } });
      id = callbackId;
      return woken.then(
        () => "woken",
        () => "not woken",
      );
    };
    const first = await openEngine(work, { folder, clock });
    await clock.work(async () => {
      await first.engine.start("work", {}, "one");
      await clock.until(START + 5 * MINUTE);
      // It dies before it can go on.
      const woken = first.engine.wake(id);
      const halted = first.engine.close();
      expect(await woken).toBe(true);
      await halted;
    });
    const second = await openEngine(work, { folder, clock: new VirtualClock(START + 6 * MINUTE) });
    await second.engine.recover();
    expect(resultOf(await second.run("one"))).toBe("woken");
    expect(await second.engine.wake(id)).toBe(false);
  });

  it("gives up a callback to the second when none comes", async () => {
    const { run } = await openEngine(async (_input, context) => {
      const [approval] = await context.createCallback("approval", { timeout: { hours: 24 } });
      return approval;
    });
    const { startedAt, endedAt = 0, status } = await run();
    expect(status).toBe("FAILED");
    expect(endedAt - startedAt).toBe(24 * 60 * MINUTE);
  });

  it("that takes longer than an execution may is TIMED_OUT, and one that is stopped is STOPPED", async () => {
    const { run } = await openEngine((_input, context) => context.wait("too long", { days: 8 }));
    const { status, startedAt, endedAt = 0 } = await run();
    expect(status).toBe("TIMED_OUT");
    expect(endedAt - startedAt).toBe(7 * 24 * 60 * MINUTE);

    const clock = new VirtualClock(START);
    const { engine } = await openEngine((_input, context) => context.step("endless", () => new Promise(() => {})), { clock });
    const { arn } = await engine.start("work", {}, "two");
    await engine.stop(arn);
    expect((await engine.done(arn)).status).toBe("STOPPED");
  });

  it("is told of by its status, as it begins and as it ends", async () => {
    const { engine, run } = await openEngine(async () => "done");
    const statuses: string[] = [];
    engine.onStatus(({ name, status }) => statuses.push(`${name} ${status}`));
    await run("seven");
    expect(statuses).toEqual(["seven RUNNING", "seven SUCCEEDED"]);
  });
});

describe("a name", () => {
  it("is one execution's: who starts it again gets that one, running or ended", async () => {
    let runs = 0;
    const { engine, run } = await openEngine((_input, context) =>
      context.step("once", async () => {
        runs += 1;
      }),
    );
    const { arn } = await run("same", { a: 1, b: 2 });
    expect((await engine.start("work", { b: 2, a: 1 }, "same")).arn).toBe(arn);
    expect(runs).toBe(1);
    await expect(engine.start("work", { a: 2 }, "same")).rejects.toThrow(AlreadyStartedError);
  });

  it.each(["", "a b", "x".repeat(65), "../up"])("cannot be %j", async (name) => {
    const { engine } = await openEngine(async () => null);
    await expect(engine.start("work", {}, name)).rejects.toThrow(RangeError);
  });
});

describe("what no workflow does", () => {
  it("is not known to the engine: things at once, in contexts of their own", async () => {
    const { run } = await openEngine((_input, context) =>
      context.runInChildContext("own", async (child) => child.step("x", async () => 1)),
    );
    const { status, error } = await run();
    expect(status).toBe("FAILED");
    expect(JSON.stringify(error)).toContain("does not know operations of the type CONTEXT");
  });
});

describe("what AWS refuses is refused here", () => {
  it("a result of more than 256 KB", async () => {
    const { run } = await openEngine((_input, context) => context.step("big", async () => "x".repeat(256 * 1_024)));
    expect((await run()).status).toBe("FAILED");
  });

  it("more than 3,000 operations", async () => {
    const { run } = await openEngine(
      async (_input, context) => {
        for (let index = 0; index < 3_001; index += 1) await context.step(`step ${index}`, async () => index);
      },
      { within: (store) => ({ ...store, save: async () => undefined }) },
    );
    expect((await run()).status).toBe("FAILED");
  });
});

it("runs a hundred executions at once", async () => {
  const { run } = await openEngine(async (input, context) => {
    await context.wait("a minute", { minutes: 1 });
    return context.step("answer", async () => input["number"]);
  });
  const executions = await Promise.all(Array.from({ length: 100 }, (_, number) => run(`run-${number}`, { number })));
  expect(executions.map(resultOf)).toEqual(Array.from({ length: 100 }, (_, number) => number));
});

it("leaves an ended execution as it was for the next process", async () => {
  const folder = await temporaryFolder();
  const first = await openEngine(async () => "kept", { folder });
  const { arn } = await first.run();
  await first.engine.close();
  const second = await openEngine(async () => "not run", { folder });
  await second.engine.recover();
  expect(resultOf(await second.engine.done(arn))).toBe("kept");
});
