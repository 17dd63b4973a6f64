import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { isLed } from "../../../../src/facts/told-by.ts";
import { type Recording, record } from "../recording.ts";
import { type Interruption, Scene } from "./scene.ts";

let recording: Recording;
let scene: Scene;
beforeAll(async () => {
  recording = await record("degraded");
});
beforeEach(() => {
  scene = new Scene(recording);
  scene.settings = { operations: false, allOnBus: true };
});

const ids = () => scene.outside.published.map(({ detail }) => detail.factId);
const repeated = () => ids().length - new Set(ids()).size;

/** One run takes all events of a deployment that has become degraded, and then come the sweeps. */
async function take(interruption?: Interruption): Promise<void> {
  const { events } = recording;
  const all = events.map(({ envelope }) => envelope);
  const end = ((events.at(-1)?.at ?? 0) - scene.outside.now) / 1_000 + 60;
  await scene.play([
    [end, () => scene.watch(all, interruption)],
    ...[1, 2, 3, 4].map((n) => [end + n * 600, () => scene.sweep().catch(() => undefined)] as const),
  ]);
}

/** Every fact that has an entry is on the bus, but for a readiness that is over. */
function expectAll(): void {
  const own = scene.record.facts.filter((fact) => !(fact.toldBy !== undefined && isLed(fact)) && fact.signal !== "ready");
  expect(own.length).toBeGreaterThan(3);
  expect(own.every(({ dest }) => dest.includes("bus"))).toBe(true);
  const marked = scene.record.posts.filter((post) => post.in === "bus").flatMap(({ of }) => of);
  expect(own.map(({ id }) => id).filter((id) => !marked.includes(id))).toEqual([]);
  expect(new Set(ids()).size).toBe(marked.length);
}

describe("where there is a webhook, every fact is on the bus", () => {
  it("once, if nothing happens", async () => {
    await take();
    expectAll();
    expect(repeated()).toBe(0);
  });

  it.each([1, 2, 3].flatMap((nth) => (["before", "after"] as const).map((when) => [when, nth] as const)))(
    "once more at most, where a run is killed %s it puts fact %d there",
    async (when, nth) => {
      await take({ call: /^bus\.publish/, nth, when, does: "dies" });
      expectAll();
      expect(repeated()).toBe(when === "after" ? 1 : 0);
    },
  );

  it("once, where Slack refuses everything for an hour", async () => {
    const { outside } = scene;
    const slack = outside.slack();
    const end = outside.now + 5 * 3_600_000;
    const refused = () => (outside.now < end ? new SlackError("later", "Slack answered with HTTP 503.", undefined) : undefined);
    outside.slack = () => ({
      ...slack,
      async post(...args: Parameters<typeof slack.post>) {
        const error = refused();
        if (error) throw error;
        return slack.post(...args);
      },
    });
    await take();
    expectAll();
    expect(repeated()).toBe(0);
  });
});
