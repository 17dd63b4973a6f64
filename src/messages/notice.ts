import type { KnownBlock } from "@slack/types";
import { utc, utcTime } from "../deployments/time-words.ts";
import type { Report } from "../facts/facts.ts";
import type { ThreadEntry } from "../standing/thread-entry.ts";
import { advice } from "./advice.ts";
import { buttons } from "./buttons.ts";
import { context, type Message, message, SEVERITY_WORD, section } from "./message.ts";
import { code, plain, quote } from "./mrkdwn.ts";
import { slackForm } from "./slack/form.ts";

/**
 * An entry in a deployment's thread: what happened, what it means, and what to do.
 *
 * An announced operation has a Hold button with `commands`, that is if Slack sends button presses to the guard.
 */
export function notice(entry: ThreadEntry, commands = false): Message {
  const { severity, holds } = entry;
  const { title, meaning = entry.meaning, lines, lists = [] } = advice(entry, slackForm(commands));
  const name = entry.deployment?.name ?? entry.richest?.sourceIdentifier ?? "";
  const body: KnownBlock[] = [
    section([meaning, ...lines].join("\n")),
    ...lists.filter((list) => list.join("").trim() !== "").map((list) => section(list.join("\n"))),
    ...quotation(entry),
    ...(entry.deployment ? [] : [section(notFound(entry))]),
    ...(commands && holds !== undefined ? [buttons({ action: "hold", words: "Hold", value: holds })] : []),
    context(`${SEVERITY_WORD[severity]} · ${utc(entry.at)} · ${reporters(entry.reports)}`),
  ];
  return message(severity, `${plain(name, 90)}: ${title}`, section(`*${title}*`), body);
}

// The guard uses its own words for what a rule understood, and quotes what only RDS can say (a warning, an unknown text).
const QUOTED = new Set([
  "replication-degraded",
  "sequence-sync-failed",
  "creation-held-up",
  "connections-terminated",
  "green-accepts",
  "other-deployment-event",
]);

// These show RDS's reason or coordinates on a separate line; if none were read, the whole text can contain them.
const WITH_REASON = new Set(["creation-failed", "switchover-cancelled", "engine-upgrade-failed", "binary-log-coordinates"]);

function quotation({ signal, reading, richest, deployment }: ThreadEntry): KnownBlock[] {
  const message = richest?.message ?? "";
  const quoted = !deployment || QUOTED.has(signal) || (WITH_REASON.has(signal) && !reading.reason && !reading.binaryLog);
  return quoted && message.trim() !== "" ? [section(quote(message))] : [];
}

function notFound({ reports }: ThreadEntry): string {
  const name = code(reports[0]?.sourceIdentifier ?? "");
  return `*No deployment found*: RDS lists no blue/green deployment for ${name} (any more), so the guard knows no more than this.`;
}

const MOST_REPORTERS = 4;

function reporters(reports: readonly Report[]): string {
  const sorted = [...reports].sort((a, b) => a.at.localeCompare(b.at));
  const all = [...new Set(sorted.map(reporter))];
  const more = all.length > MOST_REPORTERS ? ` and ${all.length - MOST_REPORTERS} more` : "";
  return `reported by ${all.slice(0, MOST_REPORTERS).join(", ")}${more}`;
}

function reporter({ side, sourceIdentifier, at, source }: Report): string {
  if (source === "operation") return `the guard at ${utcTime(at)}`;
  if (source === "look") return `the RDS API, looked at ${utcTime(at)}`;
  return `${side ? `${side} ` : ""}${code(sourceIdentifier, 80)} at ${utcTime(at)}`;
}
