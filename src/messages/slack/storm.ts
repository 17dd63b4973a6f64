import type { Severity } from "../../rules/rule.ts";
import type { SignalId } from "../../rules/signal-id.ts";
import * as words from "../language.ts";
import { slackForm } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";

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
export function stormCard({ waiting, watched, first }: Storm, as = slackForm(false)): Message {
  const count = GRAVEST_FIRST.reduce((sum, it) => sum + waiting[it], 0);
  const severity = GRAVEST_FIRST.find((it) => waiting[it] > 0) ?? "info";
  const title = words.STORM.title(count, watched);
  const counts = GRAVEST_FIRST.filter((it) => waiting[it] > 0).map((it) => words.STORM.count(it, waiting[it], as));
  const lines = first.map(
    (it) => `• ${as.time(it.at)} · ${words.SEVERITY_WORD[it.severity]} · ${as.strong(as.text(it.name, 90))}: ${words.meaningOf(it.signal)}`,
  );
  const minutes = Math.max(1, Math.ceil((count * SECONDS_EACH) / 60));
  return message(severity, title, section(as.strong(title)), [
    section(counts.join(" · ")),
    section([words.STORM.first(first.length, count), ...lines].join("\n")),
    context(words.STORM.follow(minutes)),
  ]);
}

/** What stands in its place once all are told. */
export function stormOver(most: number, as = slackForm(false)): Message {
  const title = words.STORM.over(most);
  return message("info", title, section(as.strong(title)), [context(words.STORM.afterwards)]);
}
