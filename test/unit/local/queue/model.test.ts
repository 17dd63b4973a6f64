import fc from "fast-check";
import { expect, test } from "vitest";
import { Queue } from "../../../../local/queue/queue.ts";
import { refusal as refused } from "../../../support/local/queue.ts";
import { Model, SETTINGS } from "./model.ts";

type Step =
  | { do: "send"; delaySeconds: number }
  | { do: "receive"; max: number }
  | { do: "delete"; nth: number }
  | { do: "changeVisibility"; nth: number; seconds: number }
  | { do: "pass"; seconds: number };

const nth = fc.nat({ max: 1_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("send" as const), delaySeconds: fc.constantFrom(0, 0, 0, 20) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant("receive" as const), max: fc.integer({ min: 1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete" as const), nth }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant("changeVisibility" as const), nth, seconds: fc.constantFrom(0, 10, 100, 43_190, 43_200) }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("pass" as const), seconds: fc.constantFrom(0, 1, 15, 30, 30, 100, 900, 1_000_000) }),
  },
);

/** The queue beside its model; both are told to do the same. */
class Run {
  readonly #model = new Model();
  readonly #queue = new Queue({ name: "watch", now: () => this.#model.now, ...SETTINGS });
  /** The handles of all receives there were, in order. */
  #handles: string[] = [];

  take(it: Step): void {
    if (it.do === "send") this.#send(it.delaySeconds);
    if (it.do === "receive") this.#receive(it.max);
    if (it.do === "delete") this.#delete(it.nth % (this.#handles.length || 1));
    if (it.do === "changeVisibility") this.#changeVisibility(it.nth % (this.#handles.length || 1), it.seconds);
    if (it.do === "pass") this.#model.now += it.seconds * 1_000;
    this.#compare();
  }

  #send(delaySeconds: number): void {
    // No two at the same moment: SQS itself promises no order among those.
    this.#model.now += 1;
    const body = `sent at ${this.#model.now}`;
    this.#model.send(this.#queue.send(body, { delaySeconds }), body, delaySeconds);
  }

  #receive(max: number): void {
    const expected = this.#model.receive(max);
    const messages = this.#queue.receive(max);
    this.#handles.push(...messages.map((it) => it.receiptHandle));
    expect(messages.map(({ messageId, body, attributes }) => [messageId, body, attributes.ApproximateReceiveCount])).toEqual(
      expected.map(({ id, body, count }) => [id, body, String(count)]),
    );
  }

  #delete(receive: number): void {
    const handle = this.#handles[receive];
    if (handle === undefined) return;
    this.#model.delete(receive);
    this.#queue.delete(handle);
  }

  #changeVisibility(receive: number, seconds: number): void {
    const handle = this.#handles[receive];
    if (handle === undefined) return;
    const refusal = this.#model.changeVisibility(receive, seconds);
    const change = () => this.#queue.changeVisibility(handle, seconds);
    if (refusal === undefined) change();
    else expect(change).toThrow(expect.objectContaining(refused(refusal)));
  }

  #compare(): void {
    const bodies = (messages: readonly { body: string }[]) => messages.map((it) => it.body).sort();
    expect(bodies(this.#queue.all())).toEqual(bodies(this.#model.live));
    expect(bodies(this.#queue.deadLetters.all())).toEqual(bodies(this.#model.dead));
    expect(this.#queue.depth()).toEqual(this.#model.depth());
    expect(this.#queue.nextVisibleAt()).toBe(this.#model.nextVisibleAt());
  }
}

test("whatever is done in whatever order, the queue does as the simple one does", () => {
  const does = fc.property(fc.array(step, { minLength: 10, maxLength: 60 }), (steps) => {
    const run = new Run();
    for (const it of steps) run.take(it);
  });
  fc.assert(does, { numRuns: 100 });
});
