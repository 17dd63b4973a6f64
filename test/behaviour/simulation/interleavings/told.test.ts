import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LabEnvelope } from "../../../../lab/rds/rds.ts";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { type Recording, record } from "../recording.ts";
import { beforeDegradation, Scene } from "./scene.ts";

const DEGRADED = /Replication is degraded/;
const RECORD = /^records\.write deployment#/;

let recording: Recording;
let scene: Scene;
/** Blue's and green's report of the same degradation. */
let ddl: LabEnvelope;
let green: LabEnvelope;
beforeAll(async () => {
  recording = await record("degraded");
});
beforeEach(async () => {
  ({ scene, ddl, green } = await beforeDegradation(recording));
});

const entries = () => scene.messages(DEGRADED).filter(({ thread }) => thread !== undefined).length;
/** Everything known is told, and nothing has more to say. */
const expectSettled = async () => {
  const before = scene.outside.messages.length;
  await scene.play([[300, () => scene.sweep()]]);
  expect(scene.outside.messages.length).toBe(before);
  expect(scene.record.leases).toBeUndefined();
  expect(scene.deadLetters).toEqual([]);
  expect(scene.card?.message.text).toMatch(/Degraded/);
};

describe("an event is told once, in one entry, where its run is killed", () => {
  it("after it has written down where the event belongs, before the record says it", async () => {
    await scene.play([[0, () => scene.watch([ddl], { call: /^records\.write filed#/, when: "after", does: "dies" })]]);
    expect(entries()).toBe(1);
    await expectSettled();
  });

  it("after it has written down the event, whoever comes next: its next event, its own message, or the sweep", async () => {
    const dies = { call: RECORD, when: "after", does: "dies" } as const;
    await scene.play([
      [0, () => scene.watch([ddl], dies)],
      [40, () => scene.watch([green])],
    ]);
    expect(entries()).toBe(1);
    await expectSettled();
  });

  it("while it tells: another run takes over when the lease is over", async () => {
    await scene.play([
      [0, () => scene.watch([ddl], { call: /^slack\.update/, when: "before", does: "dies" })],
      [1, () => scene.watch([green])],
    ]);
    expect(entries()).toBe(1);
    await expectSettled();
  });
});

describe("of what stands when a run is killed nothing but one message, or one event on the bus, is repeated:", () => {
  it("the entry, where it is killed after Slack's answer", async () => {
    await scene.play([[0, () => scene.watch([ddl], { call: /^slack\.post/, when: "after", does: "dies" })]]);
    expect(entries()).toBe(2);
    expect(scene.messages(/./).filter(({ thread }) => thread === undefined)).toHaveLength(1);
    await expectSettled();
  });

  it("the entry, where Slack accepts it though its answer is lost", async () => {
    const { outside } = scene;
    const slack = outside.slack();
    let isLost = true;
    outside.slack = () => ({
      ...slack,
      async post(message, thread) {
        const posted = await slack.post(message, thread);
        if (!isLost) return posted;
        isLost = false;
        throw new SlackError("later", "Slack did not answer within 5 seconds.", undefined);
      },
    });
    await scene.play([[0, () => scene.watch([ddl])]]);
    expect(entries()).toBe(2);
    await expectSettled();
  });

  it("the event on the bus, with the same id, where it is killed after the bus has it", async () => {
    await scene.play([[0, () => scene.watch([ddl], { call: /^bus\.publish/, when: "after", does: "dies" })]]);
    const degraded = scene.outside.published.filter(({ type }) => type === "Deployment Degraded");
    expect(degraded).toHaveLength(2);
    expect(new Set(degraded.map(({ detail }) => detail.factId)).size).toBe(1);
    expect(scene.publishedMarks).toBe(scene.outside.published.length - 1);
    await expectSettled();
  });

  it("no entry, where it is killed between a new card and its first entry", async () => {
    scene = new Scene(recording);
    await scene.play([[3_700, () => scene.watch([ddl], { call: /^slack\.post/, nth: 2, when: "before", does: "dies" })]]);
    expect(entries()).toBe(1);
    expect(scene.messages(/./).filter(({ thread }) => thread === undefined)).toHaveLength(1);
  });
});

describe("two runs at once", () => {
  it("that take one event file it once, and tell it once", async () => {
    const slowly = { call: /^records\.write filed#/, when: "before", does: { waits: 2 } } as const;
    await scene.play([
      [0, () => scene.watch([ddl], slowly)],
      [0, () => scene.watch([ddl], slowly)],
    ]);
    expect(entries()).toBe(1);
    expect(scene.record.facts.filter(({ signal }) => signal === "replication-degraded").flatMap(({ reports }) => reports)).toHaveLength(1);
    await expectSettled();
  });

  it("tell what the other has taken: whoever holds the lease tells for both", async () => {
    await scene.play([
      [0, () => scene.watch([ddl], { call: /^slack\.post/, when: "before", does: { waits: 3 } })],
      [1, () => scene.watch([green])],
    ]);
    expect(entries()).toBe(1);
    expect(scene.record.facts.filter(({ signal }) => signal === "replication-degraded").flatMap(({ reports }) => reports)).toHaveLength(2);
    await expectSettled();
  });

  it("of which one wakes up when its lease is over repeat one message at most, and keep both marks", async () => {
    await scene.play([
      [0, () => scene.watch([ddl], { call: /^slack\.post/, when: "before", does: { waits: 60 } })],
      [40, () => scene.watch([green])],
    ]);
    expect(entries()).toBeLessThanOrEqual(2);
    await expectSettled();
  });
});

it("an event with its id and without it is one report", async () => {
  const { EventID: _, ...detail } = ddl.detail;
  await scene.play([
    [0, () => scene.watch([ddl])],
    [5, () => scene.watch([{ ...ddl, detail }])],
  ]);
  expect(scene.record.facts.filter(({ signal }) => signal === "replication-degraded").flatMap(({ reports }) => reports)).toHaveLength(1);
  expect(entries()).toBe(1);
});

it("an event that is listed again after its deployment was deleted is told of no other one", async () => {
  await scene.play([[10, () => scene.watch([ddl, green])]]);
  const before = entries();
  scene.api = () => ({ deployments: [], databases: [] });
  await scene.play([
    [120, () => scene.sweep()],
    [420, () => scene.sweep()],
  ]);
  expect(entries()).toBe(before);
  expect([...scene.outside.items.keys()].filter((key) => key.startsWith("database#"))).toEqual([]);
  expect(scene.messages(/no deployment|not found/i)).toEqual([]);
});

it("a card that changed and changed back is what RDS shows, where a run was killed in between", async () => {
  await scene.play([[0, () => scene.watch([ddl])]]);
  const [text, now] = [scene.card?.message, scene.outside.now];
  const { deployments, databases } = scene.recordedAt(now);
  scene.api = () => ({ deployments: deployments.map((it) => ({ ...it, status: "DELETING" })), databases });
  await scene.play([[60, () => scene.sweep({ call: /^slack\.update/, when: "after", does: "dies" })]]);
  expect(scene.card?.message).not.toEqual(text);
  scene.api = undefined;
  await scene.play([
    [300, () => scene.sweep()],
    [600, () => scene.sweep()],
  ]);
  expect(scene.card?.message).toEqual(text);
});

it("a card that a person deleted is posted anew when something changes, and its entries stand in the channel until then", async () => {
  const { outside } = scene;
  const gone = scene.card?.ts;
  const slack = outside.slack();
  outside.slack = () => ({
    ...slack,
    async update(at, message) {
      if (at.ts === gone) throw new SlackError("gone", "message_not_found", undefined);
      await slack.update(at, message);
    },
    post: async (message, thread) => ({ ...(await slack.post(message, thread)), inThread: thread !== undefined && thread.ts !== gone }),
  });
  await scene.play([[0, () => scene.watch([ddl])]]);
  expect(scene.card?.ts).not.toBe(gone);
  expect(entries()).toBe(1);
  await expectSettled();
});
