import type { KnownBlock } from "@slack/types";
import type { Standing } from "../../standing/standing.ts";
import type { ThreadEntry } from "../../standing/thread-entry.ts";
import type { Form } from "../form.ts";
import { words } from "../language.ts";
import { buttons } from "./buttons.ts";
import { inNotification, slackForm } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";

/**
 * An entry in a deployment's thread: what happened, what it means, and what to do.
 *
 * An announced operation has a Hold button with `commands`, that is if Slack sends button presses to the guard.
 */
export function notice(entry: ThreadEntry, commands = false, as = slackForm(commands)): Message {
  const { severity, holds, signal, reports, deployment, announce } = entry;
  const { title, meaning = words.meaningOf(signal), lines, lists = [] } = words.advice(entry, as);
  const name = inNotification.text(deployment?.name ?? entry.richest?.sourceIdentifier ?? "", 90);
  // In the channel it stands without its card.
  const [sign, impact, where] = deployment && announce ? firstLines(deployment, as) : ["", "", ""];
  const body: KnownBlock[] = [
    ...(where ? [context(where)] : []),
    section([meaning, ...lines].join("\n")),
    ...lists.filter((list) => list.join("").trim() !== "").map((list) => section(list.join("\n"))),
    ...quotation(entry, as),
    ...(entry.deployment ? [] : [section(words.noDeployment(reports[0]?.sourceIdentifier ?? "", as))]),
    ...(commands && holds !== undefined ? [buttons({ action: "hold", words: words.BUTTONS.hold, value: holds })] : []),
    context(`${as.time(entry.at)} · ${words.reporters(reports, as)}`),
  ];
  const push = `${sign}${name}: ${title}${impact && `. ${impact}`}`;
  const heading =
    announce && deployment
      ? `${sign}${as.strong(`${as.text(deployment.name, 90)}: ${title}`)}${impact && `\n${as.strong(impact)}`}`
      : as.strong(title);
  return message(severity, push, section(heading), body);
}

const firstLines = (deployment: Standing, as: Form): [sign: string, impact: string, where: string] => [
  words.signOf(deployment),
  words.impactOf(deployment),
  words.whereOf(deployment, as),
];

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
