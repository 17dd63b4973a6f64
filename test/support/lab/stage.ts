import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Lab, openLab } from "../../../lab/lab.ts";
import type { LabOptions } from "../../../lab/lab-options.ts";
import type { LabMessage } from "../../../lab/slack/messages.ts";
import { messageText } from "../../../lab/slack/text.ts";
import { VirtualClock } from "../../../local/clock.ts";
import { recordsInMemory } from "../../../local/records-memory.ts";

/** A lab on a clock that jumps, with a folder of its own; `close` leaves nothing behind. */
export interface TestLab extends Lab {
  clock: VirtualClock;
  /** What the guard said of events and failures. */
  logged: { message: string; details: Record<string, unknown> }[];
  /** Gives an event to the guard and waits until it is dealt with. */
  receive(event: unknown): Promise<void>;
}

/** The same with DynamoDB on its address, for who asks it over the wire. */
export function openWireLab(options: Partial<LabOptions> = {}): Promise<TestLab> {
  return openTestLab({ records: undefined, ...options });
}

/** Opens a lab whose day begins at the article's hour or `at` another (ISO 8601), with the guard's records in memory. */
export async function openTestLab({
  at = "2024-02-05T04:29:00Z",
  ...options
}: Partial<LabOptions> & { at?: string } = {}): Promise<TestLab> {
  const clock = new VirtualClock(Date.parse(at));
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-"));
  const logged: TestLab["logged"] = [];
  const write = (message: string, details: Record<string, unknown>) => void logged.push({ message, details });
  const lab = await openLab({ clock, port: 0, folder, records: recordsInMemory(), log: { info: write, error: write }, ...options });
  async function receive(event: unknown) {
    await lab.give(event);
    await lab.settled();
  }
  async function close() {
    await lab.close();
    clock.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return { ...lab, clock, logged, receive, close };
}

/** The messages that stand in the channel but their details: cards by their heading, thread entries indented below. */
export function told(lab: Lab): string[] {
  return lab.slack.messages.filter((it) => !it.deleted && !isDetails(it)).map((it) => (it.threadTs ? `  ${heading(it)}` : heading(it)));
}

/** True for the rest of a message that is too long for the channel; it is outside of the thread where Slack does not take it there. */
export const isDetails = (message: LabMessage): boolean => /^(Details$|More about “)/.test(heading(message));

/** A message as it is read, and the details that follow it in its thread; empty if there is no message. */
export function wholeText(lab: Pick<Lab, "slack">, message: LabMessage | undefined): string {
  if (!message) return "";
  const own = detailsOf(lab, message);
  return [message, ...(own ? [own] : [])].map(messageText).join("\n");
}

function detailsOf({ slack }: Pick<Lab, "slack">, message: LabMessage): LabMessage | undefined {
  const title = message.threadTs === undefined ? "Details" : `More about “${heading(message)}”`;
  const thread = slack.messages.slice(slack.messages.indexOf(message) + 1).filter((it) => it.channel === message.channel && isDetails(it));
  return thread.find((it) => it.threadTs === (message.threadTs ?? message.ts) && heading(it) === title);
}

/** The message that the details follow; the same message where it is none. */
export function ownerOf(lab: Pick<Lab, "slack">, message: LabMessage): LabMessage {
  return (isDetails(message) && withoutDetails(lab).findLast((it) => detailsOf(lab, it) === message)) || message;
}

/** All messages but details, also those that are deleted. */
export const withoutDetails = ({ slack }: Pick<Lab, "slack">): LabMessage[] => slack.messages.filter((it) => !isDetails(it));

/** What each message says together with its details; details that follow none are read by themselves. */
export function readings(lab: Pick<Lab, "slack">): string[] {
  const messages = withoutDetails(lab);
  const followed = new Set(messages.map((it) => detailsOf(lab, it)));
  const alone = lab.slack.messages.filter((it) => isDetails(it) && !followed.has(it));
  return [...messages.map((it) => wholeText(lab, it)), ...alone.map(messageText)];
}

/** All changes of the channel in order but those of details, as headings. */
export function changes(lab: Lab): string[] {
  const list: string[] = [];
  lab.slack.onMessage(({ kind, message }) => {
    if (!isDetails(message)) list.push(`${message.threadTs ? "  " : ""}${kind} ${heading(message)}`);
  });
  return list;
}

/** What a message is about: its first line without signs, and of an entry that the channel shows without the name and what it means for production. */
export function heading(message: LabMessage): string {
  const line = withoutSign(messageText(message).split("\n")[0] ?? "");
  const isEntry = line.startsWith("*") && (message.broadcast || message.threadTs === undefined);
  const words = line.replaceAll("*", "");
  return isEntry ? words.replace(/^[a-z][a-z0-9-]*: /, "").replace(IMPACT, "") : words;
}

const IMPACT = /(?:\. |(?<=[?!]) (?=The upgrade|Production |Some names|It is not known|RDS drops|Nothing has)).*$/;

/** What a message says, without the sign before its first line. */
export const withoutSign = (text: string): string => text.replace(/^(🔴|🟠) /u, "");

/** How grave a message looks, by its colour. */
export const severityOf = ({ attachments = [] }: LabMessage): string | undefined => SEVERITY[String(attachments[0]?.["color"])];

const SEVERITY: Readonly<Record<string, string>> = { "#5b7083": "info", "#1f7a4d": "good", "#b7791f": "warning", "#b3261e": "critical" };
