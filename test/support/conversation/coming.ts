import type { LabMessage } from "../../../lab/slack/messages.ts";
import { buttonsOf } from "../../../lab/slack/sending.ts";
import { messageText } from "../../../lab/slack/text.ts";
import type { GuardPolicy } from "../../../local/guard.ts";
import type { Records } from "../../../src/clients/records.ts";
import { MINUTE, pass, sweepFor } from "../handlers/sweeping.ts";
import { ready } from "../operations/switching.ts";
import { pressForm } from "./payloads.ts";
import { openSlackLab, type SlackLab, send } from "./slack-lab.ts";

/** Whom the tests' guard mentions. */
export const MENTIONS = ["now=S0ONCALL", "later=U0DBA", "later=S0DBAS"];

/** A lab with the deployment orders-15, which is ready; answers its id, too. */
export async function prepared(policy: Partial<GuardPolicy> = {}, records?: Records): Promise<{ lab: SlackLab; id: string }> {
  const lab = await openSlackLab({ mentions: MENTIONS, ...policy }, { records });
  const id = await ready(lab, "orders");
  await lab.settled();
  return { lab, id };
}

/** The same, and its replication is degraded since a minute. */
export async function degraded(policy: Partial<GuardPolicy> = {}, records?: Records): Promise<{ lab: SlackLab; id: string }> {
  const { lab, id } = await prepared(policy, records);
  await ddl(lab);
  return { lab, id };
}

/** Somebody changes blue's schema; a minute passes. */
export async function ddl(lab: SlackLab): Promise<void> {
  lab.rds.runDdl("orders", "ALTER TABLE");
  await minutes(lab, 1);
}

/** Lets time pass with a sweep every five minutes. */
export async function minutes(lab: SlackLab, count: number): Promise<void> {
  await lab.clock.work(async () => {
    await sweepFor(lab, count * MINUTE);
    await pass(lab, (count % 5) * MINUTE);
  });
  await lab.settled();
}

/** The first lines, as Slack has them, of what mentions a group or a user whom the tests' guard mentions. */
export const calls = (lab: SlackLab, channel?: string): string[] =>
  lab.slack.messages
    .filter((it) => channel === undefined || it.channel === channel)
    .map(firstLine)
    .filter((it) => /<@U0DBA>|<!subteam/.test(it));

function firstLine({ blocks: [first] = [] }: LabMessage): string {
  const { text } = (first?.text ?? {}) as { text?: string };
  return text ?? "";
}

/** The messages that say `words`, as a reader sees them. */
export const saying = (lab: SlackLab, words: string | RegExp): LabMessage[] =>
  lab.slack.messages.filter((it) => !it.deleted && messageText(it).match(words) !== null);

/** The text of the deployment's card. */
export const cardText = (lab: SlackLab): string => messageText(saying(lab, /^(🔴 |🟠 )?orders-15 · /u).at(-1) as LabMessage);

/** A press of a message's button as it stands now, which Slack may send late. */
export interface HeldPress {
  ts: string;
  channel: string;
  value: string;
}

/** Keeps the press of *I'm on it* on a message. */
export function heldPress(message: LabMessage | undefined): HeldPress {
  const button = message && buttonsOf(message).find(({ action_id }) => action_id === "take");
  return { ts: message?.ts ?? "", channel: message?.channel ?? "", value: String(button?.value) };
}

/** Slack sends the press, and a minute passes; returns what whoever pressed is then shown alone. */
export async function sendPress(lab: SlackLab, { ts, channel, value }: HeldPress, user: string): Promise<string> {
  const before = lab.slack.ephemeral.length;
  const payload = {
    type: "block_actions",
    user: { id: user, username: user.slice(2).toLowerCase(), team_id: "T0LAB" },
    team: { id: "T0LAB" },
    container: { message_ts: ts },
    channel: { id: channel },
    response_url: lab.slack.sending.address({ user, channel, original: ts }),
    actions: [{ action_id: "take", value }],
    trigger_id: `${lab.clock.now()}.${user}`,
  };
  await send(lab.slackUrl() ?? "", pressForm(payload));
  await minutes(lab, 1);
  const shown = lab.slack.ephemeral.slice(before).at(-1);
  return shown ? messageText(shown) : "nothing";
}
