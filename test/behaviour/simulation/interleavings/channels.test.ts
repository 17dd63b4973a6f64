import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LabEnvelope } from "../../../../lab/rds/rds.ts";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { untold } from "../../../../src/facts/posts.ts";
import { DEFAULT_CHANNEL, isDetails, textOf } from "../../../support/simulation/ports.ts";
import { type Recording, record } from "../recording.ts";
import { beforeDegradation, type Scene } from "./scene.ts";
import { severalReady } from "./several.ts";

const OWN = "C0PAYMENTS1";
const DEGRADED = /Replication is degraded/;

let recording: Recording;
let scene: Scene;
let ddl: LabEnvelope;
let green: LabEnvelope;
beforeAll(async () => {
  recording = await record("degraded");
});
beforeEach(async () => {
  ({ scene, ddl, green } = await beforeDegradation(recording, [`*=${OWN}`]));
});

const alertsIn = (channel: string) => scene.messages(DEGRADED).filter((it) => it.channel === channel && it !== scene.card);
/** Since the event, which comes a second before second 0 of what is played. */
const secondsUntil = (channel: string) => ((alertsIn(channel)[0]?.postedAt ?? 0) - Date.parse(ddl.detail.Date)) / 1_000;

describe("of a deployment that is told in two channels", () => {
  it.each([
    [OWN, DEFAULT_CHANNEL],
    [DEFAULT_CHANNEL, OWN],
  ])("what waits for %s, which is busy, holds up nothing in %s", async (busy, free) => {
    await scene.busy(60, busy);
    await scene.play([[0, () => scene.watch([ddl])]]);
    expect(secondsUntil(free)).toBeLessThan(5);
    expect(secondsUntil(busy)).toBeGreaterThanOrEqual(59);
    expect([alertsIn(OWN).length, alertsIn(DEFAULT_CHANNEL).length]).toEqual([1, 1]);
    expect(untold(scene.record)).toEqual([]);
  });

  it.each([OWN, DEFAULT_CHANNEL])("what waits for %s is told where the run that drains it dies", async (busy) => {
    await scene.busy(20, busy);
    const call = new RegExp(`^records\\.write channel#${busy}`);
    await scene.play([[0, () => scene.watch([ddl], { call, nth: 2, when: "after", does: "dies" })]]);
    expect([alertsIn(OWN).length, alertsIn(DEFAULT_CHANNEL).length]).toEqual([1, 1]);
    expect(untold(scene.record)).toEqual([]);
  });

  it.each([1, 2])("at most one message is repeated where its run dies after message %i, before it is marked", async (nth) => {
    await scene.play([[0, () => scene.watch([ddl], { call: /^slack\.post/, nth, when: "after", does: "dies" })]]);
    await scene.play([[400, () => scene.sweep()]]);
    const details = scene.outside.messages.filter((it) => isDetails(it) && /Replication is degraded/.test(textOf(it)));
    expect(alertsIn(OWN).length + alertsIn(DEFAULT_CHANNEL).length + details.length).toBe(2 + 1 + 1);
    expect(untold(scene.record)).toEqual([]);
    expect(scene.record.leases).toBeUndefined();
  });

  it("two runs that hear of it at once tell it once in each", async () => {
    await scene.play([
      [0, () => scene.watch([ddl], { call: /^slack\.post/, when: "before", does: { waits: 3 } })],
      [1, () => scene.watch([green])],
    ]);
    expect([alertsIn(OWN).length, alertsIn(DEFAULT_CHANNEL).length]).toEqual([1, 1]);
    expect(scene.outside.published.filter(({ type }) => type === "Deployment Degraded")).toHaveLength(1);
    expect(untold(scene.record)).toEqual([]);
  });

  it("a run that is held up in one of them holds up no other run in the other", async () => {
    await scene.play([
      [0, () => scene.watch([ddl], { call: /^slack\.post/, when: "before", does: { waits: 25 } })],
      [1, () => scene.watch([green])],
    ]);
    expect(secondsUntil(DEFAULT_CHANNEL)).toBeLessThan(8);
    expect(secondsUntil(OWN)).toBeGreaterThan(20);
    expect([alertsIn(OWN).length, alertsIn(DEFAULT_CHANNEL).length]).toEqual([1, 1]);
  });

  it("one that stops taking messages is asked again later, and the other is told meanwhile", async () => {
    const down = new Set([OWN]);
    const error = new SlackError("later", "Slack answered chat.postMessage with HTTP 503.", undefined);
    scene.outside.refuse = (channel) => (down.has(channel) ? error : undefined);
    await scene.play([
      [0, () => scene.watch([ddl])],
      [200, async () => void down.clear()],
    ]);
    expect(secondsUntil(DEFAULT_CHANNEL)).toBeLessThan(5);
    expect(alertsIn(OWN)).toHaveLength(1);
    expect(untold(scene.record)).toEqual([]);
  });
});

it("a run that dies over two deployments, each in a channel of its own, repeats one message at most", async () => {
  const { scene: both, ddl: two } = await severalReady(recording, 2, ["name-1=C0FIRST001", "name-2=C0SECOND01"]);
  const before = both.outside.messages.length;
  await both.play([[0, () => both.watch(two, { call: /^slack\.post/, nth: 2, when: "after", does: "dies" })]]);
  await both.play([[400, () => both.sweep()]]);
  // An alert in its own channel with its details, and one in the default channel each.
  expect(both.outside.messages.length - before).toBeLessThanOrEqual(6 + 1);
});
