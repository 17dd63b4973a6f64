import { visible } from "../../local/visible.ts";
import * as words from "../../src/messages/language.ts";
import type { LabEnvelope } from "../rds/rds.ts";
import type { MessageChange } from "../slack/messages.ts";
import { eventLine, MessageScreen, outcomeLine, type Terminal } from "../terminal-lines.ts";
import type { Replayed } from "./replay.ts";
import type { SavedEvent } from "./saved-event.ts";

/** Draws a replay for a person: each event in a line, below it the messages as `npm start` shows them. */
export class ReplayScreen {
  readonly #terminal: Terminal;
  readonly #messages: MessageScreen;
  #day = "";
  #events = 0;
  #routed = 0;
  readonly #changes = { posted: 0, updated: 0, deleted: 0 };

  constructor(terminal: Terminal) {
    this.#terminal = terminal;
    this.#messages = new MessageScreen(terminal);
  }

  /** The lines for one event; the first one of a day is headed by its date. */
  render({ event, route, taken, changes }: Replayed): string {
    this.#events += 1;
    if (route) this.#routed += 1;
    this.#count(changes);
    const told = changes.map((change) => `\n${this.#messages.render(change)}\n`);
    const outcome = route && (outcomeLine({ taken }, this.#terminal) ?? (told.length === 0 && this.#dim("  Nothing new to tell.")));
    const line = route ? eventLine(shown(event), this.#terminal) : this.#notRouted(event);
    return [...this.#newDay(event), line, ...(outcome ? [outcome] : []), ...told].join("\n");
  }

  /** The messages of a sweep, where there were no events. */
  renderLook(changes: readonly MessageChange[]): string {
    this.#count(changes);
    return changes.map((change) => `\n${this.#messages.render(change)}\n`).join("\n");
  }

  /** The last line: how much of what there was. */
  summary(): string {
    const { posted, updated } = this.#changes;
    return `\n${words.counted(this.#events, "event")}, ${this.#routed} of them routed to the guard; Slack messages: ${posted} posted, ${updated} updated.`;
  }

  #count(changes: readonly MessageChange[]): void {
    for (const { kind } of changes) this.#changes[kind] += 1;
  }

  #notRouted(event: SavedEvent): string {
    const { rds, at, key } = event;
    const time = at === undefined ? "--:--:--" : new Date(at).toISOString().slice(11, 19);
    const text = visible(`${time} not routed, ${rds ? `${rds.sourceIdentifier}: ${rds.message}` : key}`).replaceAll("\n", " ");
    return this.#dim(text.length > this.#terminal.width ? `${text.slice(0, this.#terminal.width - 1)}…` : text);
  }

  #newDay({ at }: SavedEvent): string[] {
    const day = at === undefined ? this.#day : new Date(at).toISOString().split("T")[0];
    if (day === undefined || day === this.#day) return [];
    this.#day = day;
    return [this.#dim(day)];
  }

  #dim(text: string): string {
    return this.#terminal.color ? `\u001b[2m${text}\u001b[22m` : text;
  }
}

/** A routed event as the terminal shows it: in UTC, on one line, and without anything that could steer the terminal. */
function shown({ envelope, rds }: SavedEvent): LabEnvelope {
  const { detail, ...rest } = envelope as LabEnvelope;
  const oneLine = (text: string) => visible(text).replaceAll("\n", " ");
  return {
    ...rest,
    detail: {
      ...detail,
      Date: rds?.date ?? detail.Date,
      SourceIdentifier: oneLine(detail.SourceIdentifier),
      Message: oneLine(detail.Message),
    },
  };
}
