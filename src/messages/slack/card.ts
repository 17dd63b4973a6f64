import type { Standing } from "../../standing/standing.ts";
import type { Form } from "../form.ts";
import * as words from "../language.ts";
import type { WatchedFrom } from "../watched-from.ts";
import { buttons, offer } from "./buttons.ts";
import { inHeader, inNotification, slackForm } from "./form.ts";
import { context, header, type Message, message, section } from "./message.ts";

/** How many lines a message has in the channel at most, besides its buttons: docs/on-call.md. */
export const MOST_LINES = 6;

/** What a card says of the channels. */
export interface CardNotes {
  /** The tag that names a channel which no setting lists. */
  ignored?: { tag: string; value: string };
  /** The channel that refuses the card, and Slack's words. */
  refused?: { channel: string; why: string };
}

/**
 * The one Slack message for a deployment: how it stands, where it is, and what to do next. What does not fit is in its details.
 *
 * Has buttons for what to do next with `commands`, that is if Slack sends commands to the guard. `from` is the computer whose terminal
 * watches, if no deployed guard does.
 */
export function card(standing: Standing, commands = false, from?: WatchedFrom, as = slackForm(commands), notes: CardNotes = {}): Message {
  const { name, severity, id, offers } = standing;
  const title = words.titleOf(standing);
  const sign = words.signOf(standing);
  const impact = words.impactOf(standing);
  const offered = commands ? offers.map((operation) => offer(operation, id)) : [];
  const { shown, last } = linesOf(standing, from, as, notes);
  const body = [
    ...(impact ? [section(as.strong(impact))] : []),
    context(words.whereOf(standing, as)),
    ...(shown.length > 0 ? [section(shown.join("\n"))] : []),
    ...(offered.length > 0 ? [buttons(...offered)] : []),
    ...last.map(context),
  ];
  const push = [`${sign}${inNotification.text(name, 90)}: ${title}`, ...(impact ? [impact] : [])].join(". ");
  return message(severity, push, header(`${sign}${inHeader.text(name, 90)} · ${title}`), body);
}

/** What a card has room for between where it is and its last lines, and what it has no room for. */
export function linesOf(
  standing: Standing,
  from: WatchedFrom | undefined,
  as: Form,
  { ignored, refused }: CardNotes = {},
): { shown: string[]; left: string[]; last: string[] } {
  const last = [
    ...(refused ? [words.refusesCard(refused.channel, refused.why, as)] : []),
    ...(ignored ? [words.ignoresChannel(ignored.tag, ignored.value, as)] : []),
    ...(from ? [words.watchedFrom(from, as)] : []),
  ];
  const room = MOST_LINES - 2 - (words.impactOf(standing) ? 1 : 0) - last.length;
  const lines = [...underWay(standing, as), ...words.nextStep(standing, as).split("\n")];
  return { ...words.fitted(lines, Math.max(1, room)), last };
}

/** How far an operation or the creation is, and how far green lags. */
export function underWay(standing: Standing, as: Form): string[] {
  const { operation, phase, progress } = standing;
  const bar = ({ at, of }: { at: number; of: number }) => `${"█".repeat(at)}${"░".repeat(of - at)} `;
  if (operation?.step && operation.failed === undefined && !operation.isOver) {
    return [`${bar(operation.step)}${words.operationDone(operation, as)}`];
  }
  if (phase === "provisioning" && progress.of > 0)
    return [`${bar({ at: progress.done, of: progress.of })}${words.creationDone(standing, as)}`];
  return phase === "ready" && standing.lag ? [words.lagInBrief(standing.lag)] : [];
}
