import { expect, it } from "vitest";
import type { LabMessage } from "../../../../lab/slack/messages.ts";
import { messageText } from "../../../../lab/slack/text.ts";
import type { GuardPolicy } from "../../../../local/guard.ts";
import { degraded, minutes, saying } from "../../../support/conversation/coming.ts";
import { COLLEAGUE, ONCALL, type SlackLab } from "../../../support/conversation/slack-lab.ts";

const ASKS = /wants to delete and recreate orders-15/;
const MENTIONED = `<!subteam^S0DBA> <@${COLLEAGUE}>`;
const OVER = "Nobody answered within 30 minutes; nothing was done. `/bluegreen recreate orders-15` asks again.";

/** Somebody has confirmed a recreation, which another operator has to approve. */
async function asked(policy: Partial<GuardPolicy> = {}): Promise<SlackLab> {
  const { lab } = await degraded({ approvals: 1, mentions: [], operators: [ONCALL, COLLEAGUE, "S0DBA"], ...policy });
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
  console.log(text);
  expect(text).toMatch(/with everything green/);
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
