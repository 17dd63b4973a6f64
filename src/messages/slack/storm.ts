import { utc } from "../../deployments/time-words.ts";
import type { Severity } from "../../rules/rule.ts";
import type { SignalId } from "../../rules/signal-id.ts";
import { MEANINGS } from "../en/signals.ts";
import { context, type Message, message, SEVERITY_WORD, section } from "./message.ts";
import { plain } from "./mrkdwn.ts";

/** What happened to very many deployments at once, while their own messages wait for the channel. */
export interface Storm {
  /** How many deployments wait, by the gravest thing that waits of each. */
  waiting: Readonly<Record<Severity, number>>;
  /** How many deployments the guard watches. */
  watched: number;
  /** The most urgent of those that wait, in the order in which they are told. */
  first: readonly { name: string; severity: Severity; signal: SignalId; at: string }[];
}

const GRAVEST_FIRST: readonly Severity[] = ["critical", "warning", "good", "info"];
/** Slack takes one message a second in a channel, and a deployment takes a card and an entry at least. */
const SECONDS_EACH = 2;

/** One card for all that wait, which is changed in place until none do. */
export function stormCard({ waiting, watched, first }: Storm): Message {
  const count = GRAVEST_FIRST.reduce((sum, it) => sum + waiting[it], 0);
  const severity = GRAVEST_FIRST.find((it) => waiting[it] > 0) ?? "info";
  const title = `${count} of ${watched} deployments have news at once`;
  const counts = GRAVEST_FIRST.filter((it) => waiting[it] > 0).map((it) => `*${SEVERITY_WORD[it]}* ${waiting[it]}`);
  const lines = first.map((it) => `• ${utc(it.at)} · ${SEVERITY_WORD[it.severity]} · *${plain(it.name, 90)}*: ${MEANINGS[it.signal]}`);
  const minutes = Math.max(1, Math.ceil((count * SECONDS_EACH) / 60));
  return message(severity, title, section(`*${title}*`), [
    section(counts.join(" · ")),
    section([first.length < count ? `The ${first.length} most urgent:` : "The most urgent first:", ...lines].join("\n")),
    context(`Their own cards follow, the most urgent first: about ${minutes} min at Slack's pace. This message changes until then.`),
  ]);
}

/** What stands in its place once all are told. */
export function stormOver(most: number): Message {
  const title = `${most} deployments had news at once: all of it is told`;
  return message("info", title, section(`*${title}*`), [context("Each deployment's own card says how it stands now.")]);
}
