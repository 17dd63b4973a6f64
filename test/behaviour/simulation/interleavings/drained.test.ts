import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LabEnvelope } from "../../../../lab/rds/rds.ts";
import { untold } from "../../../../src/facts/posts.ts";
import { type Recording, record } from "../recording.ts";
import { beforeDegradation, Scene } from "./scene.ts";

const DEGRADED = /Replication is degraded/;
const CHANNEL = /^records\.write channel#/;

let recording: Recording;
let scene: Scene;
let ddl: LabEnvelope;
let green: LabEnvelope;
beforeAll(async () => {
  recording = await record("degraded");
});
beforeEach(async () => {
  ({ scene, ddl, green } = await beforeDegradation(recording));
});

const entries = () => scene.messages(DEGRADED).filter(({ thread }) => thread !== undefined);

describe("what waits for a busy channel is told", () => {
  it("by whoever the queue wakes, where the run that drains it dies", async () => {
    await scene.busy(20);
    await scene.play([[0, () => scene.watch([ddl], { call: CHANNEL, nth: 2, when: "after", does: "dies" })]]);
    expect(entries()).toHaveLength(1);
    expect((entries()[0]?.postedAt ?? 0) - Date.parse(ddl.detail.Date)).toBeLessThan(90_000);
    expect(untold(scene.record)).toEqual([]);
  });

  it("by the run that drains it, where it finds nothing more just as another leaves something to it", async () => {
    await scene.busy(20);
    await scene.play([
      [0, () => scene.watch([ddl], { call: CHANNEL, nth: 4, when: "before", does: { waits: 5 } })],
      [22, () => scene.watch([green])],
    ]);
    expect(entries()).toHaveLength(1);
    expect(untold(scene.record)).toEqual([]);
    expect(scene.record.facts.find(({ signal }) => signal === "replication-degraded")?.reports).toHaveLength(2);
  });
});

/** RDS begins to delete the deployment between the answers to two runs, of which the one with the older answer goes on later. */
async function deletedMeanwhile(): Promise<void> {
  const { deployments, databases } = scene.recordedAt(scene.outside.now);
  const deleting = deployments.map((it) => ({ ...it, status: "DELETING" }));
  let asked = 0;
  scene.api = () => ({ deployments: asked++ === 0 ? deployments : deleting, databases });
  await scene.play([
    [0, () => scene.watch([ddl], { call: /^rds\.databases/, when: "after", does: { waits: 3 } })],
    [1, () => scene.watch([green])],
  ]);
}

it("an answer of RDS from before another run's does not take its place", async () => {
  await deletedMeanwhile();
  expect(scene.record.seen?.deployment.status).toBe("DELETING");
});

it("a card shows the newest answer of RDS, also where a run with an older one tells later", async () => {
  await deletedMeanwhile();
  expect(scene.card?.message.text).toContain("Being deleted");
});

it("a deployment that RDS no longer lists stays gone, also where a run with an older answer tells later", async () => {
  const { deployments, databases } = scene.recordedAt(scene.outside.now);
  let asked = 0;
  scene.api = () => ({ deployments: asked++ === 0 ? deployments : [], databases });
  await scene.play([
    [0, () => scene.watch([ddl], { call: /^rds\.databases/, when: "after", does: { waits: 3 } })],
    [1, () => scene.sweep()],
  ]);
  expect(scene.record.gone).toBe(true);
  expect(scene.card?.message.text).toContain("Deleted");
});

it("what happens twice between two sweeps while RDS shows the same is told twice", async () => {
  const cancelled = await record("cancelled");
  const ends = cancelled.events.filter(({ envelope }) => /cancel/i.test(envelope.detail.Message));
  const again = ends.map(({ at, envelope }) => {
    const later = new Date(at + 12 * 60_000).toISOString();
    return { at: at + 12 * 60_000, envelope: { ...envelope, detail: { ...envelope.detail, Date: later } } };
  });
  scene = new Scene({ ...cancelled, events: [...cancelled.events, ...again] });
  await scene.until(/Switchover started|Switchover from DB/);
  const told = () => scene.messages(/cancel/i).filter(({ thread }) => thread !== undefined).length;
  await scene.play([
    [9 * 60, () => scene.sweep()],
    [10 * 60, () => scene.sweep()],
  ]);
  const once = told();
  expect(once).toBeGreaterThan(0);
  await scene.play([[20 * 60, () => scene.sweep()]]);
  expect(told()).toBeGreaterThan(once);
});
