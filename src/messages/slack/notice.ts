import type { KnownBlock } from "@slack/types";
import type { Standing } from "../../standing/standing.ts";
import type { ThreadEntry } from "../../standing/thread-entry.ts";
import type { Form } from "../form.ts";
import * as words from "../language.ts";
import { buttons } from "./buttons.ts";
import { MOST_LINES } from "./card.ts";
import { inNotification, slackForm } from "./form.ts";
import { context, type Message, message, section } from "./message.ts";

/**
 * An entry in a deployment's thread: what happened, what it means, and what to do. One that the channel shows too says where it is, and
 * leaves to its details what is more than six lines.
 *
 * An announced operation has a Hold button with `commands`, that is if Slack sends button presses to the guard.
 */
export function notice(entry: ThreadEntry, commands = false, as = slackForm(commands)): Message {
  const { severity, holds, deployment } = entry;
  const { title } = words.advice(entry, as);
  const { shown, rest } = partsOf(entry, as);
  const hold = commands && holds !== undefined ? [buttons({ action: "hold", words: words.BUTTONS.hold, value: holds })] : [];
  const name = inNotification.text(deployment?.name ?? entry.richest?.sourceIdentifier ?? "", 90);
  if (!isInChannel(entry)) return message(severity, `${name}: ${title}`, section(as.strong(title)), [...shown, ...rest, ...hold]);
  const { heading, push, where } = firstLines(entry, entry.deployment, as);
  const body = [where, ...shown, ...hold, ...(isMore(entry, as) ? [] : rest)];
  return message(severity, push, heading, body);
}

/** What a message in the channel begins with, and what a phone shows of it: what happened, whether production suffers, and where. */
export function firstLines(entry: ThreadEntry, deployment: Standing, as: Form): { heading: KnownBlock; push: string; where: KnownBlock } {
  const { title, standsAs, impact = words.impactOf({ ...deployment, ...standsAs }) } = words.advice(entry, as);
  const says = `${title}${impact && `${/[.?!]$/.test(title) ? "" : "."} ${impact}`}`;
  const sign = words.signOf({ ...deployment, ...standsAs });
  return {
    heading: section(`${sign}${as.strong(`${as.text(deployment.name, 90)}: ${says}`)}`),
    push: `${sign}${inNotification.text(deployment.name, 90)}: ${says}`,
    where: context(words.whereOf(deployment, as)),
  };
}

/** The rest of an entry that the channel shows, for its thread: lists, RDS's own words, and who reported it; undefined if there is none. */
export function noticeDetails(entry: ThreadEntry, as: Form = slackForm(true)): Message | undefined {
  if (!isInChannel(entry) || !isMore(entry, as)) return undefined;
  const heading = words.moreAbout(words.advice(entry, as).title);
  const text = `${inNotification.text(entry.deployment.name, 90)}: ${heading}`;
  return message("info", text, section(as.strong(heading)), partsOf(entry, as).rest);
}

type InChannel = ThreadEntry & { deployment: NonNullable<ThreadEntry["deployment"]> };

const isInChannel = (entry: ThreadEntry): entry is InChannel => entry.announce && entry.deployment !== undefined;

// A message of the channel begins with two lines: what happened, and where.
const ROOM = MOST_LINES - 2;

/** True if more is to be said than the channel has room for, besides who reported it. */
function isMore(entry: ThreadEntry, as: Form): boolean {
  const { lines, lists = [] } = words.advice(entry, as);
  return 1 + lines.length > ROOM - 1 || lists.some((list) => list.some(isSaid)) || quotation(entry, as).length > 0;
}

/** What is said at once, and what may follow. */
function partsOf(entry: ThreadEntry, as: Form): { shown: KnownBlock[]; rest: KnownBlock[] } {
  const { reports, deployment } = entry;
  const { meaning = words.meaningOf(entry.signal), lines, lists = [] } = words.advice(entry, as);
  const all = [meaning, ...lines].filter(isSaid);
  const { shown, left } = isInChannel(entry) ? words.fitted(all, ROOM) : { shown: all, left: [] };
  return {
    shown: shown.length > 0 ? [section(shown.join("\n"))] : [],
    rest: [
      ...[left, ...lists].filter((list) => list.some(isSaid)).map((list) => section(list.join("\n"))),
      ...quotation(entry, as),
      ...(deployment ? [] : [section(words.noDeployment(reports[0]?.sourceIdentifier ?? "", as))]),
      ...(entry.steps ? [] : [context(`${as.time(entry.at)} · ${words.reporters(reports, as)}`)]),
    ],
  };
}

const isSaid = (line: string): boolean => line.trim() !== "";

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
