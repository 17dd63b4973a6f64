import { beforeAll, describe, expect, it } from "vitest";
import type { Kept } from "../../../../local/records-memory.ts";
import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { RECREATED_FROM_TAG } from "../../../../src/plans/recreate-name.ts";
import { isDetails } from "../../../support/simulation/ports.ts";
import { type Recording, record } from "../recording.ts";
import type { Scene } from "./scene.ts";
import { refuse, severalReady, severalUnknown } from "./several.ts";

const MINUTE = 60;
let recording: Recording;
beforeAll(async () => {
  recording = await record("degraded");
});

const alerts = (scene: Scene) => scene.messages(/Replication is degraded/);
const cards = (scene: Scene) => scene.messages(/./).filter(({ thread }) => thread === undefined);
/** The sweep fails with what was refused. */
const sweep = (scene: Scene) => scene.sweep().catch(() => undefined);
const ofThisMessage = (kind: "later" | "ours") => new SlackError(kind, "Slack refused it.", undefined, { ofAddress: true });
/** Refuses for so many minutes from now on. */
function forMinutes(scene: Scene, minutes: number) {
  const end = scene.outside.now + minutes * MINUTE * 1_000;
  return () => scene.outside.now < end;
}

describe("where Slack refuses one message,", () => {
  it.each([
    ["a code that nobody knows", "later"],
    ["its form", "ours"],
  ] as const)("for %s, another deployment's alert is told at once", async (_, kind) => {
    const { scene, ddl } = await severalReady(recording, 2);
    const isRefusing = forMinutes(scene, 60);
    refuse(scene, (text, call) => (isRefusing() && call === "post" && text.includes("name-1") ? ofThisMessage(kind) : undefined));
    const start = scene.outside.now;
    await scene.play([
      [0, () => scene.watch(ddl.slice(0, 1))],
      [10, () => scene.watch(ddl.slice(1))],
    ]);
    expect(alerts(scene).map(({ message }) => message.text)[0]).toMatch(/name-2/);
    expect(((alerts(scene)[0]?.postedAt ?? 0) - start) / 1_000).toBeLessThan(15);
    expect(alerts(scene)).toHaveLength(2);
  });

  it("a new card, the deployment's alert is told all the same, and the card once Slack takes it", async () => {
    const { scene, ddl } = severalUnknown(recording, 1);
    const isRefusing = forMinutes(scene, 60);
    const isCard = (text: string) => /cannot be switched over/.test(text) && !/Replication is degraded/.test(text);
    refuse(scene, (text, call) => (isRefusing() && call === "post" && isCard(text) ? ofThisMessage("ours") : undefined));
    const start = scene.outside.now;
    await scene.play([[0, () => scene.watch(ddl)]]);
    expect(alerts(scene)).toHaveLength(1);
    expect(((alerts(scene)[0]?.postedAt ?? 0) - start) / 1_000).toBeLessThan(5);
    expect(scene.card?.message.text).toMatch(/Degraded/);
  });

  it("an entry, the next one of the same deployment is told", async () => {
    const { scene, ddl } = await severalReady(recording, 1);
    const isRefusing = forMinutes(scene, 60);
    const isAlert = (text: string) => text.includes("Replication is degraded");
    refuse(scene, (text, call) => (isRefusing() && call === "post" && isAlert(text) ? ofThisMessage("ours") : undefined));
    const at = Date.parse(ddl[0]?.detail.Date ?? "");
    const said = (minutes: number) => {
      const Date_ = new Date(at + minutes * 60_000).toISOString();
      return ddl.map((it) => ({ ...it, detail: { ...it.detail, Date: Date_ } }));
    };
    const start = scene.outside.now;
    await scene.play([
      [0, () => scene.watch(said(0))],
      [20 * MINUTE, () => scene.watch(said(20))],
    ]);
    const [again, ...more] = scene.messages(/DDL again/);
    expect(more).toEqual([]);
    expect(((again?.postedAt ?? 0) - start) / 1_000).toBeLessThan(20 * MINUTE + 5);
    expect(alerts(scene)).toHaveLength(1);
    expect(again?.postedAt).toBeLessThan(alerts(scene)[0]?.postedAt ?? 0);
  });

  it("the one about a storm, each deployment's own are told", async () => {
    const { scene, ddl } = severalUnknown(recording, 40);
    refuse(scene, (text) => (text.includes("news at once") ? ofThisMessage("ours") : undefined));
    await scene.play([0, 10, 20, 30].map((from) => [from, () => scene.watch(ddl.slice(from, from + 10))]));
    expect(alerts(scene)).toHaveLength(40);
  });
});

it("a Retry-After of years is no longer than an hour", async () => {
  const { scene, ddl } = await severalReady(recording, 2);
  let refused = 0;
  const limited = new SlackError("later", "Slack limits chat.postMessage.", undefined, { retryAfterSeconds: 1e9 });
  refuse(scene, () => (refused++ === 0 ? limited : undefined));
  await scene.play([
    [0, () => scene.watch(ddl.slice(0, 1))],
    [61 * MINUTE, () => sweep(scene)],
    [62 * MINUTE, () => scene.watch(ddl.slice(1))],
  ]);
  const waited = alerts(scene).map(({ postedAt }) => (postedAt - Date.parse(ddl[0]?.detail.Date ?? "")) / 60_000);
  expect(waited).toHaveLength(2);
  expect(Math.max(...waited)).toBeLessThan(70);
});

it("a card that goes on from another deployment's which a person deleted is posted anew, once", async () => {
  const { scene } = await severalReady(recording, 1);
  const [first] = cards(scene);
  const { deployments, databases } = scene.outside.api;
  const again = deployments.map((it) => ({ ...it, id: "bgd-recreated0000001", tags: { ...it.tags, [RECREATED_FROM_TAG]: it.id } }));
  scene.api = () => ({ deployments: again, databases });
  let tries = 0;
  refuse(scene, (_, call, at) => {
    if (call !== "update" || at !== first?.ts) return undefined;
    tries += 1;
    return new SlackError("gone", "Slack refused chat.update: message_not_found.", undefined);
  });
  const before = cards(scene).length;
  await scene.play([
    [0, () => sweep(scene)],
    [5 * MINUTE, () => sweep(scene)],
  ]);
  expect(tries).toBeLessThan(5);
  const added = cards(scene).slice(before);
  const detailsOf = (card: string) => scene.outside.messages.filter((it) => it.thread === card && isDetails(it));
  expect(added.filter(({ ts }) => JSON.stringify(detailsOf(ts)).includes("bgd-recreated0000001"))).toHaveLength(1);
});

it("an entry about a deployment that goes on with another one's card stands in that card's thread", async () => {
  const { scene } = await severalReady(recording, 1);
  const [first] = cards(scene);
  const { deployments, databases } = scene.outside.api;
  const again = deployments.map((it) => ({ ...it, id: "bgd-recreated0000001", tags: { ...it.tags, [RECREATED_FROM_TAG]: it.id } }));
  scene.api = () => ({ deployments: again, databases });
  const before = scene.outside.messages.length;
  await scene.play([[0, () => sweep(scene)]]);
  const added = scene.outside.messages.slice(before);
  expect(added.length).toBeGreaterThan(0);
  for (const { thread } of added) expect(thread).toBe(first?.ts);
});

it("that a storm is over is said by the next sweep where the run died that had told the last of it", async () => {
  const { scene, ddl } = severalUnknown(recording, 40);
  let left: Kept | undefined;
  const key = `storm#${scene.outside.slack().channel}`;
  refuse(scene, (text) => {
    if (text.includes("had news at once")) left ??= scene.outside.items.get(key);
    return undefined;
  });
  await scene.play([0, 10, 20, 30].map((from) => [from, () => scene.watch(ddl.slice(from, from + 10))]));
  for (const minute of [5, 10]) await scene.play([[minute * MINUTE, () => scene.sweep()]]);
  const [storm] = scene.messages(/had news at once/);
  if (!left || !storm) throw new Error("There was no storm.");
  storm.message = { ...storm.message, text: "40 of 40 deployments have news at once" };
  scene.outside.items.set(key, left);
  await scene.play([[5 * MINUTE, () => scene.sweep()]]);
  expect(alerts(scene)).toHaveLength(40);
  expect(storm.message.text).toMatch(/^40 deployments had news at once: all/);
});

it("an alert waits for no bus that takes nothing", async () => {
  const { scene, ddl } = severalUnknown(recording, 1);
  const isAway = forMinutes(scene, 120);
  const bus = scene.outside.bus();
  scene.outside.bus = () => ({
    ...bus,
    async publish(fact) {
      if (isAway()) throw new Error('The event bus "bluegreen-guard" did not take it.');
      return bus.publish(fact);
    },
  });
  const start = scene.outside.now;
  await scene.play([[0, () => scene.watch(ddl)]]);
  expect(((alerts(scene)[0]?.postedAt ?? 0) - start) / 1_000).toBeLessThan(5);
  expect(scene.outside.published.map(({ type }) => type)).toContain("Deployment Degraded");
});
