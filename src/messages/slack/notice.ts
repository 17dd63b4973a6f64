import type { KnownBlock } from "@slack/types";
import type { ThreadEntry } from "../../standing/thread-entry.ts";
import type { Form } from "../form.ts";
import * as words from "../language.ts";
import { buttons } from "./buttons.ts";
import { inNotification, slackForm } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";

/**
 * An entry in a deployment's thread: what happened, what it means, and what to do.
 *
 * An announced operation has a Hold button with `commands`, that is if Slack sends button presses to the guard.
 */
export function notice(entry: ThreadEntry, commands = false, as = slackForm(commands)): Message {
  const { severity, holds, signal, reports } = entry;
  const { title, meaning = words.meaningOf(signal), lines, lists = [] } = words.advice(entry, as);
  const name = entry.deployment?.name ?? entry.richest?.sourceIdentifier ?? "";
  const body: KnownBlock[] = [
    section([meaning, ...lines].join("\n")),
    ...lists.filter((list) => list.join("").trim() !== "").map((list) => section(list.join("\n"))),
    ...quotation(entry, as),
    ...(entry.deployment ? [] : [section(words.noDeployment(reports[0]?.sourceIdentifier ?? "", as))]),
    ...(commands && holds !== undefined ? [buttons({ action: "hold", words: words.BUTTONS.hold, value: holds })] : []),
    context(`${words.SEVERITY_WORD[severity]} · ${as.time(entry.at)} · ${words.reporters(reports, as)}`),
  ];
  return message(severity, `${inNotification.text(name, 90)}: ${title}`, section(as.strong(title)), body);
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

function quotation({ signal, reading, richest, deployment }: ThreadEntry, as: Form): KnownBlock[] {
  const message = richest?.message ?? "";
  const quoted = !deployment || QUOTED.has(signal) || (WITH_REASON.has(signal) && !reading.reason && !reading.binaryLog);
  return quoted && message.trim() !== "" ? [section(as.quote(message))] : [];
}
