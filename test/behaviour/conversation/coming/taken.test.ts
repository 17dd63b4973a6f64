import { DeleteBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import type { LabMessage } from "../../../../lab/slack/messages.ts";
import { messageText } from "../../../../lab/slack/text.ts";
import { calls, cardText, degraded, heldPress, minutes, saying, sendPress } from "../../../support/conversation/coming.ts";
import { COLLEAGUE, DEVELOPER, idle, ONCALL, type SlackLab } from "../../../support/conversation/slack-lab.ts";

const TAKE = /\[ I'm on it \]/;
const TAKE_OVER = /\[ I'm on it instead \]/;
const LINE = /^\*@\w+ is on it\*/;

/** The thread's lines that say who is on it. */
const lines = (lab: SlackLab): string[] => saying(lab, LINE).map((it) => messageText(it).split("\n")[0] ?? "");

/** Somebody presses the message's button. */
const pressOn = (lab: SlackLab, message: LabMessage | undefined, user: string) => sendPress(lab, heldPress(message), user);

const card = (lab: SlackLab) => saying(lab, /^(🔴 |🟠 )?orders-15 · /u).at(-1);
const entry = (lab: SlackLab) => saying(lab, /^(@\S+ )*🟠 \*orders-15: Replication is degraded\./u).at(-1);

it.each([
  ["on the card", card],
  ["on the entry that calls", entry],
])("anybody in the channel takes it, %s: the card says who, the thread too, and nobody is mentioned again", async (_where, where) => {
  const { lab } = await degraded();
  expect(saying(lab, TAKE)).toHaveLength(2);
  expect(await pressOn(lab, where(lab), DEVELOPER)).toContain("You are on it");
  expect(cardText(lab)).toMatch(/Taken by @\w+ at 2024-02-05 05:3\d UTC/);
  expect(saying(lab, TAKE)).toEqual([]);
  expect(saying(lab, TAKE_OVER)).toEqual([card(lab)]);
  expect(saying(lab, LINE)).toEqual([expect.objectContaining({ threadTs: card(lab)?.ts })]);
  await minutes(lab, 120);
  expect(calls(lab)).toHaveLength(1);
});

it("another person takes it over: the card says who has it now, and the thread says it in one line", async () => {
  const { lab } = await degraded();
  await pressOn(lab, card(lab), DEVELOPER);
  await pressOn(lab, card(lab), COLLEAGUE);
  expect(cardText(lab)).toMatch(/Taken by @U0COLLEAGUE/);
  expect(lines(lab)).toEqual(["*@U0DEVELOPER is on it*", "*@U0COLLEAGUE is on it*"]);
  expect(saying(lab, /It was @U0DEVELOPER before/)).toHaveLength(1);
});

it("who presses twice has taken it once", async () => {
  const { lab } = await degraded();
  const onEntry = heldPress(entry(lab));
  await pressOn(lab, card(lab), DEVELOPER);
  expect(await sendPress(lab, onEntry, DEVELOPER)).toContain("You are on it already");
  expect(await pressOn(lab, card(lab), DEVELOPER)).toContain("You are on it already");
  expect(lines(lab)).toEqual(["*@U0DEVELOPER is on it*"]);
});

it("of two people at the same moment the card names one, and the thread says of both", async () => {
  const { lab } = await degraded();
  const at = card(lab)?.ts ?? "";
  await Promise.all([lab.slack.sending.press(at, "take", DEVELOPER), lab.slack.sending.press(at, "take", ONCALL)]);
  await idle(lab);
  await minutes(lab, 10);
  expect(lines(lab).sort()).toEqual(["*@U0DEVELOPER is on it*", "*@U0ONCALL is on it*"]);
  const last = /It was @(\w+) before/.exec(
    saying(lab, /It was @/)
      .map(messageText)
      .join(),
  )?.[1];
  expect(cardText(lab)).toContain(last === ONCALL ? `Taken by @${DEVELOPER}` : `Taken by @${ONCALL}`);
});

it("a press that comes after it is over says so, and takes nothing", async () => {
  const { lab, id } = await degraded();
  const late = [heldPress(card(lab)), heldPress(entry(lab))];
  await lab.clock.work(() => lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, DeleteTarget: true })));
  await minutes(lab, 10);
  expect(saying(lab, TAKE)).toEqual([]);
  for (const press of late) expect(await sendPress(lab, press, DEVELOPER)).toContain("outdated");
  expect(lines(lab)).toEqual([]);
});

it("a press for an earlier time, or on a message that is not the guard's, takes nothing", async () => {
  const { lab } = await degraded();
  const press = heldPress(card(lab));
  const earlier = press.value.replace(/ .*/, " 2024-02-05T05:00:00.000Z");
  for (const wrong of [
    { value: earlier },
    { ts: "1.000001" },
    { channel: "C0ELSEWHERE" },
    { value: "x" },
    { value: `database#orders ${earlier}` },
  ])
    expect(await sendPress(lab, { ...press, ...wrong }, DEVELOPER)).toContain("outdated");
  expect(lines(lab)).toEqual([]);
  expect(cardText(lab)).not.toContain("Taken by");
});

it("who took it is written down though Slack takes nothing at that moment: the thread says it later", async () => {
  const { lab } = await degraded();
  const press = heldPress(card(lab));
  lab.slack.faults.next({ kind: "http", status: 503 }, { method: "chat.postMessage", times: 3 });
  lab.slack.faults.next({ kind: "http", status: 503 }, { method: "chat.update", times: 3 });
  await sendPress(lab, press, DEVELOPER);
  await minutes(lab, 90);
  expect(lines(lab)).toEqual(["*@U0DEVELOPER is on it*"]);
  expect(cardText(lab)).toContain("Taken by @U0DEVELOPER");
  expect(calls(lab)).toHaveLength(1);
});

it("in several channels one press counts for both, and the card says who is on it", async () => {
  const { lab } = await degraded({ channels: ["orders-*=C0ORDERS001"] });
  const [copy] = saying(lab, TAKE).filter(({ channel }) => channel === "C0BLUEGREEN");
  await pressOn(lab, copy, DEVELOPER);
  await minutes(lab, 60);
  expect(saying(lab, TAKE)).toEqual([]);
  const said = saying(lab, /Taken by @U0DEVELOPER/).map(({ channel }) => channel);
  expect(said.sort()).toEqual(["C0ORDERS001"]);
  expect(calls(lab)).toHaveLength(2);
});
