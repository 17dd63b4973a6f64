import { beforeAll, expect, it } from "vitest";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { untold, withDetailsDue } from "../../../../src/facts/posts.ts";
import { channelsFor } from "../../../../src/telling/channel.ts";
import { isDetails, textOf } from "../../../support/simulation/ports.ts";
import { type Recording, record } from "../recording.ts";
import type { Scene } from "./scene.ts";
import { refuse, severalUnknown } from "./several.ts";

const MINUTE = 60;
const ALL = ["name-1: Details", "name-1: More about “Replication is degraded”"];
let recording: Recording;
beforeAll(async () => {
  recording = await record("degraded");
});

const details = ({ outside }: Scene) => outside.messages.filter(isDetails).map(textOf).sort();
const alerts = (scene: Scene) => scene.messages(/Replication is degraded/).filter(({ thread }) => thread !== undefined);

it.each([
  ["of a card", "name-1: Details"],
  ["of an alert", "name-1: More about"],
])("details %s that Slack refuses keep nothing else from being told, and follow once Slack takes them", async (_what, refused) => {
  const { scene, ddl } = severalUnknown(recording, 1);
  const start = scene.outside.now;
  const isRefusing = () => scene.outside.now < start + 60 * MINUTE * 1_000;
  const error = new SlackError("ours", "Slack refused it.", undefined, { ofAddress: true });
  refuse(scene, (text, call) => (isRefusing() && call === "post" && text.includes(refused) ? error : undefined));
  await scene.play([[0, () => scene.watch(ddl)]]);
  expect(alerts(scene)).toHaveLength(1);
  expect(((alerts(scene)[0]?.postedAt ?? 0) - start) / 1_000).toBeLessThan(5);
  const early = scene.outside.messages.filter((it) => isDetails(it) && it.postedAt < start + 10_000).map(textOf);
  expect(early).toEqual(ALL.filter((it) => !it.startsWith(refused)));
  await scene.play([[60 * MINUTE, () => scene.sweep()]]);
  expect(details(scene)).toEqual(ALL);
  expect([untold(scene.record), withDetailsDue(scene.record)]).toEqual([[], []]);
});

it.each([1, 2, 3, 4])("a run that dies before message %i leaves details to the next one, which tells them once", async (nth) => {
  const { scene, ddl } = severalUnknown(recording, 1);
  await scene.play([[0, () => scene.watch(ddl, { call: /^slack\.post/, nth, when: "before", does: "dies" })]]);
  await scene.play([[10 * MINUTE, () => scene.sweep()]]);
  expect(details(scene)).toEqual(ALL);
  expect(withDetailsDue(scene.record)).toEqual([]);
});

it("changes that go out at once take the time of as many", async () => {
  const { outside } = severalUnknown(recording, 1).scene;
  const channel = channelsFor("run", { records: outside.records(), time: outside.clock })("C0BLUEGREEN");
  await outside.clock.work(async () => {
    const start = outside.now;
    expect(await channel.reserve({ post: false, updates: 2 }, false)).toBe(true);
    expect(outside.now - start).toBe(0);
    expect(await channel.reserve({ post: false, updates: 1 }, false)).toBe(false);
    await outside.clock.until(start + 2_399);
    expect(await channel.reserve({ post: false, updates: 1 }, false)).toBe(false);
    await outside.clock.until(start + 2_400);
    expect(await channel.reserve({ post: false, updates: 1 }, false)).toBe(true);
  });
});
