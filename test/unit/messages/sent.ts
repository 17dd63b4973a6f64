import { blockProblems, textLength } from "../../../lab/slack/block-limits.ts";
import { isObject } from "../../../lab/slack/block-schema.ts";
import { messageText } from "../../../lab/slack/text.ts";
import type { Deployment, DeploymentView } from "../../../src/deployments/deployment.ts";
import type { RdsEvent } from "../../../src/events/rds-event.ts";
import { deploymentKey, newRecord } from "../../../src/facts/record.ts";
import { card } from "../../../src/messages/slack/card.ts";
import { cardDetails } from "../../../src/messages/slack/card-details.ts";
import { slackForm } from "../../../src/messages/slack/form.ts";
import type { Message } from "../../../src/messages/slack/message.ts";
import { notice, noticeDetails } from "../../../src/messages/slack/notice.ts";
import { signalOf } from "../../../src/rules/signal.ts";
import { type Standing, standingOf } from "../../../src/standing/standing.ts";
import { type ThreadEntry, threadEntryOf } from "../../../src/standing/thread-entry.ts";
import { afterLook } from "../../../src/telling/look.ts";
import { databasesOf, factsOf, first, rememberedOf, reportOf } from "../../support/deployments/upgrade.ts";

/** What the guard knows of a deployment after events, and what it tells of the fact that the last of them belongs to. */
export function having(
  events: readonly RdsEvent[],
  deployment: Deployment = first(),
  exists = true,
): { summary: Standing; entry: ThreadEntry } {
  const facts = factsOf(events.map((it) => reportOf(it, deployment)));
  const summary = standingOf({ view: { deployment, databases: databasesOf(deployment) }, exists, facts, memory: rememberedOf(deployment) });
  const last = events.at(-1);
  const rule = last && signalOf(last)?.rule;
  const fact = facts.find(({ signal }) => signal === (rule?.foldsInto?.id ?? rule?.id)) ?? facts[0];
  if (!fact) throw new Error("No event leads to a fact.");
  return { summary, entry: threadEntryOf(fact, facts, summary) };
}

/** What the guard tells, after `later` events, of a state that a look at RDS shows after `events`, by its signal. */
export function announced(signal: string, events: readonly RdsEvent[], view: DeploymentView, later: readonly RdsEvent[] = []): ThreadEntry {
  const reports = (all: readonly RdsEvent[]) => all.map((it) => reportOf(it, view.deployment));
  const facts = factsOf(reports(events));
  const known = { ...newRecord(deploymentKey(view.deployment.id)), version: 1, seen: view, facts, memory: rememberedOf(view.deployment) };
  const record = afterLook(known, { view }, events.at(-1)?.date ?? "2024-02-05T12:30:00.000Z");
  const fact = record.facts.find((it) => it.signal === signal);
  if (!fact) throw new Error(`The look shows no "${signal}".`);
  const since = factsOf(reports(later), record.facts);
  return threadEntryOf(fact, since, standingOf({ view, facts: since, memory: record.memory }));
}

/** What a reader finds of a card: what the channel shows, then its details in the thread, links by their words. */
export function cardText(standing: Standing, commands = false): string {
  const form = slackForm(commands);
  return [card(standing, commands), cardDetails(standing, undefined, form)].map(readable).join("\n");
}

/** The same of an entry. */
export function entryText(entry: ThreadEntry, commands = false): string {
  const details = noticeDetails(entry, slackForm(commands));
  return [notice(entry, commands), ...(details ? [details] : [])].map(readable).join("\n");
}

/** A message's text as it is read, with links by their words. */
export const readable = (message: Message): string => messageText(message).replace(/ \(https:\S+\)/g, "");

/** Everything that Slack would refuse in a message, or that text from outside could do in it; empty where it is well. */
export function problemsOf(message: Message): string[] {
  const { text, blocks, attachments } = message;
  const refused = [blocks, ...attachments.map((it) => it.blocks)].flatMap((it, index) => blockProblems(it, `/${index}`));
  const size = textLength(blocks) + attachments.reduce((sum, it) => sum + textLength(it.blocks), 0);
  const texts = [text, ...attachments.map((it) => it.fallback ?? ""), ...mrkdwnOf(message)];
  return [
    ...refused.map((problem) => `${problem.pointer}: ${problem.text}`),
    ...(size < 11_000 ? [] : [`${size} characters of blocks`]),
    ...texts.slice(0, 2).flatMap((it) => (it.length > 0 && it.length < 4_000 ? [] : [`a text of ${it.length} characters`])),
    ...texts.flatMap(active),
    ...textsOf(message).flatMap(hidden),
  ];
}

// Source: Slack, "Formatting text", "Date formatting".
const DATE = /<!date\^\d+\^(\{date_short_pretty\} \{time\}|\{time_secs\})\|(\d{4}-\d\d-\d\d )?\d\d:\d\d(:\d\d)? UTC>/g;

// Whatever it is of: names stand in it encoded.
const CONSOLE_LINK = /<https:\/\/[a-z0-9-]+\.console\.aws\.amazon\.com\/[A-Za-z0-9?&=#:;~%$.*'()_/!-]*\|[^<>|]*>/g;

/**
 * What mrkdwn would interpret: our own messages mention nobody but who did something in Slack, link to AWS's console alone, tell times as
 * dates, and quote with `> ` at the start of a line.
 */
function active(text: string): string[] {
  const found = text
    .replace(DATE, "")
    .replace(CONSOLE_LINK, "")
    .replace(/^> |<@U0ONCALL>/gm, "")
    .match(/[<>]|&(?!(?:amp|lt|gt);)/);
  return found ? [`"${found[0]}" is not escaped in ${JSON.stringify(text.slice(0, 200))}`] : [];
}

function hidden(text: string): string[] {
  return /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(text) ? [`hidden characters in ${JSON.stringify(text.slice(0, 200))}`] : [];
}

function mrkdwnOf(value: unknown): string[] {
  return objectsIn(value).flatMap(({ type, text }) => (type === "mrkdwn" && typeof text === "string" ? [text] : []));
}

function textsOf(value: unknown): string[] {
  return objectsIn(value).flatMap(({ text }) => (typeof text === "string" ? [text] : []));
}

function objectsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsIn)] : [];
}
