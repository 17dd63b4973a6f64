import { expect, it } from "vitest";
import type { LabMessage } from "../../../lab/slack/messages.ts";
import { messageText } from "../../../lab/slack/text.ts";
import type { GuardPolicy } from "../../../local/guard.ts";
import { COLLEAGUE, DEVELOPER, idle, ONCALL, openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { heading, withoutDetails } from "../../support/lab/stage.ts";
import { ready } from "../../support/operations/switching.ts";

const DEFAULT = "C0BLUEGREEN";
const ORDERS = "C0ORDERS001";
const channels = [`orders-*=${ORDERS}`];

async function withOrders(policy: Partial<GuardPolicy> = {}): Promise<SlackLab> {
  const lab = await openSlackLab({ channels, ...policy });
  await ready(lab, "orders");
  await lab.settled();
  return lab;
}

async function minutes(lab: SlackLab, count: number): Promise<void> {
  await lab.clock.work(() => pass(lab, count * MINUTE));
  await lab.settled();
}

async function degraded(policy: Partial<GuardPolicy> = {}): Promise<SlackLab> {
  const lab = await withOrders(policy);
  lab.rds.runDdl("orders", "ALTER TABLE");
  await minutes(lab, 2);
  return lab;
}

const withButton = (lab: SlackLab, words: string) =>
  withoutDetails(lab).filter((it) => !it.deleted && messageText(it).includes(`[ ${words} ]`));
const channelsOf = (messages: readonly LabMessage[]) => messages.map(({ channel }) => channel).sort();

/** Presses the button of the message in that channel. */
async function pressIn(lab: SlackLab, channel: string, action: string, words: string, user: string): Promise<void> {
  const message = withButton(lab, words).find((it) => it.channel === channel);
  await lab.slack.sending.press(message?.ts ?? "", action, user);
  await idle(lab);
}

it("a card and its thread stand in the deployment's channel, and what needs a person also in the default one", async () => {
  const lab = await degraded();
  const inDefault = withoutDetails(lab).filter(({ channel }) => channel === DEFAULT);
  expect(inDefault).toHaveLength(1);
  expect(messageText(inDefault[0] as LabMessage)).toContain("Replication is degraded");
  expect(messageText(inDefault[0] as LabMessage)).toContain(`#${ORDERS}`);
  expect(channelsOf(withButton(lab, "Recreate…"))).toEqual([DEFAULT, ORDERS]);
});

it.each([DEFAULT, ORDERS])("a press on Recreate… in %s shows the plan, and both buttons go once it is decided", async (channel) => {
  const lab = await degraded();
  await pressIn(lab, channel, "recreate", "Recreate…", ONCALL);
  expect(messageText(lab.slack.ephemeral.at(-1) as LabMessage)).toMatch(/^Recreate orders-15\?/);
  await lab.press("confirm");
  await minutes(lab, 3);
  expect(withButton(lab, "Recreate…")).toEqual([]);
});

it.each([DEFAULT, ORDERS])("a press on Hold in %s holds, and both buttons go", async (channel) => {
  const lab = await degraded({ onDegraded: "recreate" });
  expect(channelsOf(withButton(lab, "Hold"))).toEqual([DEFAULT, ORDERS]);
  await pressIn(lab, channel, "hold", "Hold", DEVELOPER);
  await minutes(lab, 60);
  expect(lab.changes()).toEqual(["Create"]);
  expect(withButton(lab, "Hold")).toEqual([]);
});

it.each([
  { channel: DEFAULT, action: "approve", words: "Approve", changes: ["Create", "Switchover"] },
  { channel: ORDERS, action: "approve", words: "Approve", changes: ["Create", "Switchover"] },
  { channel: DEFAULT, action: "reject", words: "Reject", changes: ["Create"] },
])("an approval is asked for in both channels; $words in $channel counts, and both say so", async ({ channel, action, words, changes }) => {
  const lab = await withOrders({ approvals: 1 });
  await lab.type("/bluegreen switchover orders-15");
  await lab.press("confirm");
  expect(channelsOf(withButton(lab, "Approve"))).toEqual([DEFAULT, ORDERS]);
  await pressIn(lab, channel, action, words, COLLEAGUE);
  await minutes(lab, 20);
  expect(lab.changes()).toEqual(changes);
  expect(withButton(lab, words)).toEqual([]);
  const said = withoutDetails(lab).filter((it) => /(Approved|Rejected) by/.test(messageText(it)));
  expect(channelsOf(said.filter((it) => it.edits.length > 0))).toEqual([DEFAULT, ORDERS]);
});

it("nothing automatic begins where neither channel takes the announcement: a person is asked in both, later", async () => {
  const lab = await withOrders({ onDegraded: "recreate" });
  lab.slack.faults.next({ kind: "http", status: 503 }, { times: 40 });
  lab.rds.runDdl("orders", "ALTER TABLE");
  await minutes(lab, 120);
  expect(lab.changes()).toEqual(["Create"]);
  const asked = withoutDetails(lab).filter((it) => heading(it) === "Recreate? A person has to decide");
  expect(channelsOf(asked)).toEqual([DEFAULT, ORDERS]);
});

it("where the deployment's channel refuses, the announcement in the default one is enough", async () => {
  const lab = await withOrders({ onDegraded: "recreate" });
  const own = lab.slack.channels.find(({ id }) => id === ORDERS);
  if (own) own.archived = true;
  lab.rds.runDdl("orders", "ALTER TABLE");
  await minutes(lab, 60);
  expect(lab.changes()).toEqual(["Create", "Delete", "Create"]);
  const texts = withoutDetails(lab)
    .filter(({ channel }) => channel === DEFAULT)
    .map(messageText);
  expect(texts).toContainEqual(expect.stringContaining("Will be deleted"));
  expect(texts).toContainEqual(expect.stringContaining(`#${ORDERS} refuses this card`));
  expect(lab.logged.map(({ message }) => message)).toContainEqual(expect.stringMatching(/is_archived.*default channel/));
});

it("where the deployment's channel takes nothing for hours, the announcement in the default one is enough", async () => {
  const lab = await withOrders({ onDegraded: "recreate" });
  const card = withoutDetails(lab).find(({ channel, threadTs }) => channel === ORDERS && threadTs === undefined);
  lab.slack.faults.next({ kind: "http", status: 503 }, { method: "chat.postMessage", about: card?.ts, times: 30 });
  lab.rds.runDdl("orders", "ALTER TABLE");
  await minutes(lab, 40);
  const announced = withoutDetails(lab).find((it) => messageText(it).includes("Will be deleted"));
  expect(announced?.channel).toBe(DEFAULT);
  expect(lab.changes()).toEqual(["Create", "Delete", "Create"]);
});
