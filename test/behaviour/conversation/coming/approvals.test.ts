import { expect, it } from "vitest";
import type { LabMessage } from "../../../../lab/slack/messages.ts";
import { messageText } from "../../../../lab/slack/text.ts";
import type { GuardPolicy } from "../../../../local/guard.ts";
import { recordsInMemory } from "../../../../local/records-memory.ts";
import type { Records } from "../../../../src/clients/records.ts";
import { degraded, minutes, saying } from "../../../support/conversation/coming.ts";
import { COLLEAGUE, ONCALL, type SlackLab } from "../../../support/conversation/slack-lab.ts";

const ASKS = /wants to delete and recreate orders-15/;
const MENTIONED = `<!subteam^S0DBA> <@${COLLEAGUE}>`;
const OVER = "Nobody answered within 30 minutes; nothing was done. `/bluegreen status orders-15` says how it stands now.";

/** Somebody has confirmed a recreation, which another operator has to approve. */
async function asked(policy: Partial<GuardPolicy> = {}, records?: Records): Promise<SlackLab> {
  const { lab } = await degraded({ approvals: 1, mentions: [], operators: [ONCALL, COLLEAGUE, "S0DBA"], ...policy }, records);
  await lab.type("/bluegreen recreate orders-15");
  await lab.press("confirm");
  return lab;
}

const raw = ({ blocks }: LabMessage): string => JSON.stringify(blocks?.[0]);
const asking = (lab: SlackLab) => saying(lab, ASKS).filter((it) => !it.text?.includes("Nobody has answered"));
const reminders = (lab: SlackLab) => lab.slack.messages.filter(({ text }) => text?.includes("Nobody has answered for 15 minutes"));

it("who approves sees the whole plan and its checks, and is mentioned; the asker is not", async () => {
  const lab = await asked();
  const [message] = saying(lab, ASKS);
  const text = messageText(message as LabMessage);
  for (const part of ["What is done", "What is deleted", "Settings of the new deployment", "Checks", "How long"])
    expect(text).toContain(part);
  expect(text).toMatch(/\*Checks\*\n14 of 14 pass\./);
  expect(raw(message as LabMessage)).toContain(MENTIONED);
  expect(raw(message as LabMessage)).toContain(`"${MENTIONED} *<@${ONCALL}> wants to`);
});

it("those who can approve are reminded once after 15 minutes, in the thread", async () => {
  const lab = await asked();
  await minutes(lab, 10);
  expect(reminders(lab)).toEqual([]);
  await minutes(lab, 10);
  expect(reminders(lab)).toHaveLength(1);
  expect(raw(reminders(lab)[0] as LabMessage)).toContain(MENTIONED);
  expect(reminders(lab)[0]?.threadTs).toBe(asking(lab)[0]?.threadTs);
  expect(reminders(lab)[0]?.broadcast).not.toBe(true);
  await minutes(lab, 60);
  expect(reminders(lab)).toHaveLength(1);
});

it("one that nobody answers is closed in words at its end: its buttons are gone, and its asker hears of it in the thread", async () => {
  const lab = await asked();
  await minutes(lab, 36);
  const [closed] = asking(lab);
  expect(messageText(closed as LabMessage)).toContain("Nobody answered within 30 minutes; nothing was done.");
  expect(saying(lab, /\[ Approve \]/)).toEqual([]);
  const told = lab.slack.messages.filter((it) => raw(it).includes(`<@${ONCALL}> *Not recreated`));
  expect(told).toHaveLength(1);
  expect(told[0]?.threadTs).toBe(closed?.threadTs);
  expect(JSON.stringify(closed)).toContain(OVER);
  await minutes(lab, 120);
  expect(lab.changes()).toEqual(["Create"]);
});

it.each(["approve", "reject"])("nobody is reminded of what a colleague has answered: %s", async (action) => {
  const lab = await asked();
  await lab.press(action, COLLEAGUE);
  await minutes(lab, 60);
  expect(reminders(lab)).toEqual([]);
  expect(lab.slack.messages.filter((it) => messageText(it).includes("Nobody answered"))).toEqual([]);
});

it("where the deployment has a channel of its own, both are asked, reminded and closed", async () => {
  const lab = await asked({ channels: ["orders-*=C0ORDERS001"] });
  await minutes(lab, 40);
  const channelsOf = (all: readonly LabMessage[]) => all.map(({ channel }) => channel).sort();
  const both = ["C0BLUEGREEN", "C0ORDERS001"];
  expect(channelsOf(reminders(lab))).toEqual(both);
  expect(channelsOf(saying(lab, "Nobody answered within 30 minutes"))).toEqual(both);
  const copy = asking(lab).find(({ channel }) => channel === "C0BLUEGREEN");
  expect(reminders(lab).find(({ channel }) => channel === "C0BLUEGREEN")?.threadTs).toBe(copy?.ts);
  expect(saying(lab, /\[ Approve \]/)).toEqual([]);
});

/** Lets time pass with sweeps, of which one may fail. */
async function troubled(lab: SlackLab, count: number): Promise<void> {
  for (let passed = 0; passed < count; passed += 5) await minutes(lab, 5).catch(() => undefined);
}

it("what Slack does not take of it comes with a later sweep, once", async () => {
  const lab = await asked();
  await minutes(lab, 10);
  lab.slack.faults.next({ kind: "http", status: 503 }, { method: "chat.postMessage", times: 1 });
  await troubled(lab, 19);
  expect(reminders(lab)).toHaveLength(1);
  lab.slack.faults.next({ kind: "http", status: 503 }, { method: "chat.update", about: asking(lab)[0]?.ts, times: 1 });
  await troubled(lab, 30);
  expect(reminders(lab)).toHaveLength(1);
  expect(JSON.stringify(asking(lab))).toContain(OVER);
  expect(saying(lab, /\[ Approve \]/)).toEqual([]);
});

it.each([1, 2, 3])(
  "the sweep that closes it fails at write %i of the request: the next one closes it, and its asker is mentioned once",
  async (nth) => {
    const own = recordsInMemory();
    let [isFailing, writes] = [false, 0];
    const write: Records["write"] = async (item, open) => {
      if (isFailing && item.key.startsWith("request#") && ++writes === nth) throw new Error("The process has ended.");
      return own.write(item, open);
    };
    const lab = await asked({}, { ...own, write });
    await minutes(lab, 28);
    isFailing = true;
    await troubled(lab, 30);
    expect(JSON.stringify(asking(lab))).toContain(OVER);
    expect(saying(lab, /\[ Approve \]/)).toEqual([]);
    expect(lab.slack.messages.filter((it) => raw(it).includes(`<@${ONCALL}> *Not recreated`))).toHaveLength(1);
  },
);
