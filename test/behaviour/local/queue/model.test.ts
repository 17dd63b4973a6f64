import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type FileQueue, openFileQueue } from "../../../../local/queue/file-queue.ts";
import { Model, SETTINGS } from "./model.ts";

type Step =
  | { do: "send"; delaySeconds: number }
  | { do: "receive"; max: number }
  | { do: "delete"; nth: number }
  | { do: "changeVisibility"; nth: number; seconds: number }
  | { do: "pass"; seconds: number }
  | { do: "reopen" };

const nth = fc.nat({ max: 1_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("send" as const), delaySeconds: fc.constantFrom(0, 0, 0, 20) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("receive" as const), max: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), nth }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("changeVisibility" as const), nth, seconds: fc.constantFrom(0, 10, 100, 43_190, 43_200) }),
  },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("pass" as const), seconds: fc.constantFrom(0, 1, 15, 30, 30, 100, 900) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("reopen" as const) }) },
);

/** The queue on disk beside its model; both are told to do the same. */
class Run {
  readonly #model = new Model();
  readonly #folder: string;
  #queue: FileQueue;
  /** The handles of all receives there were, in order. */
  #handles: string[] = [];

  private constructor(folder: string, queue: FileQueue) {
    this.#folder = folder;
    this.#queue = queue;
  }

  static async start(folder: string): Promise<Run> {
    const run: Run = new Run(folder, await openFileQueue({ folder, now: () => run.#model.now, ...SETTINGS }));
    return run;
  }

  async take(it: Step): Promise<void> {
    if (it.do === "send") await this.#send(it.delaySeconds);
    if (it.do === "receive") await this.#receive(it.max);
    if (it.do === "delete") await this.#delete(it.nth % (this.#handles.length || 1));
    if (it.do === "changeVisibility") await this.#changeVisibility(it.nth % (this.#handles.length || 1), it.seconds);
    if (it.do === "pass") this.#model.now += it.seconds * 1_000;
    if (it.do === "reopen") {
      this.#queue = await openFileQueue({ folder: this.#folder, now: () => this.#model.now, ...SETTINGS });
    }
    this.#compare();
  }

  async #send(delaySeconds: number): Promise<void> {
    // No two at the same moment: SQS itself promises no order among those.
    this.#model.now += 1;
    const body = `sent at ${this.#model.now}`;
    this.#model.send(await this.#queue.send(body, { delaySeconds }), body, delaySeconds);
  }

  async #receive(max: number): Promise<void> {
    const expected = this.#model.receive(max);
    const messages = await this.#queue.receive(max);
    this.#handles.push(...messages.map((it) => it.receiptHandle));
    expect(messages.map(({ messageId, body, attributes }) => [messageId, body, attributes.ApproximateReceiveCount])).toEqual(
      expected.map(({ id, body, count }) => [id, body, String(count)]),
    );
  }

  async #delete(receive: number): Promise<void> {
    const handle = this.#handles[receive];
    if (handle === undefined) return;
    this.#model.delete(receive);
    await this.#queue.delete(handle);
  }

  async #changeVisibility(receive: number, seconds: number): Promise<void> {
    const handle = this.#handles[receive];
    if (handle === undefined) return;
    const refusal = this.#model.changeVisibility(receive, seconds);
    const outcome = this.#queue.changeVisibility(handle, seconds);
    if (refusal === undefined) await outcome;
    else await expect(outcome).rejects.toMatchObject({ code: refusal });
  }

  #compare(): void {
    const bodies = (messages: { body: string }[]) => messages.map((it) => it.body).sort();
    expect(bodies(this.#queue.all())).toEqual(bodies(this.#model.live));
    expect(bodies(this.#queue.deadLetters.all())).toEqual(bodies(this.#model.dead));
    expect(this.#queue.depth()).toEqual(this.#model.depth());
    expect(this.#queue.nextVisibleAt()).toBe(this.#model.nextVisibleAt());
  }
}

test("whatever is done in whatever order, and however often it is opened anew, the queue on disk does as the simple one does", async () => {
  const does = fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
    const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-model-"));
    try {
      const run = await Run.start(folder);
      for (const it of steps) await run.take(it);
      await run.take({ do: "reopen" });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
  await fc.assert(does, { numRuns: 100 });
}, 60_000);
