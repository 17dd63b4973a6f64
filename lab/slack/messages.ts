import type { Clock } from "../../local/clock.ts";

/** A JSON object as it came over the wire. */
export type Json = Record<string, unknown>;

/** What a message says: `blocks` is empty if it has none, and readers then see `text`. */
export interface MessageContent {
  readonly text: string;
  readonly blocks: readonly Json[];
  readonly attachments?: readonly Json[];
}

/** What a message said from lab time `at` on (milliseconds since 1970). */
export interface MessageEdit extends MessageContent {
  readonly at: number;
}

/** A message of the lab's Slack as it stands; a later change makes a new object. Times are lab time in milliseconds since 1970. */
export interface LabMessage extends MessageContent {
  readonly channel: string;
  readonly channelName: string;
  /** Slack's id of a message within its channel, `<unix seconds>.<6 digits>`. */
  readonly ts: string;
  readonly threadTs?: string;
  /** True for a reply that is shown in the channel too. */
  readonly broadcast?: boolean;
  /** The only person who sees it; absent if everybody does. */
  readonly onlyFor?: string;
  readonly author: "app" | "person";
  readonly postedAt: number;
  readonly edits: readonly MessageEdit[];
  readonly deleted?: { readonly at: number };
}

/** One thing that happened to a message; `message` is how it stands afterwards. */
export interface MessageChange {
  readonly kind: "posted" | "updated" | "deleted";
  readonly message: LabMessage;
}

/** The messages of all channels in posting order, deleted ones included. */
export class MessageStore {
  readonly #clock: Clock;
  readonly #listeners = new Set<(change: MessageChange) => void>();
  #messages: LabMessage[] = [];
  #lastTs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get all(): readonly LabMessage[] {
    return this.#messages;
  }

  /** The message as it stands, or undefined if there is none or it was deleted. */
  find(channel: string, ts: unknown): LabMessage | undefined {
    return this.#messages.find((message) => message.channel === channel && message.ts === ts && !message.deleted);
  }

  post(
    message: MessageContent & Pick<LabMessage, "channel" | "channelName" | "threadTs" | "broadcast" | "onlyFor" | "author">,
  ): LabMessage {
    const posted = { ...message, ts: this.#nextTs(), postedAt: this.#clock.now(), edits: [] };
    this.#messages = [...this.#messages, posted];
    this.#tell({ kind: "posted", message: posted });
    return posted;
  }

  update(message: LabMessage, content: MessageContent): LabMessage {
    const edits = [...message.edits, { ...content, at: this.#clock.now() }];
    return this.#replace("updated", message, { ...message, ...content, edits });
  }

  delete(message: LabMessage): LabMessage {
    return this.#replace("deleted", message, { ...message, deleted: { at: this.#clock.now() } });
  }

  onChange(listener: (change: MessageChange) => void): () => void {
    const own = (change: MessageChange): void => listener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  #replace(kind: MessageChange["kind"], old: LabMessage, message: LabMessage): LabMessage {
    this.#messages = this.#messages.map((each) => (each === old ? message : each));
    this.#tell({ kind, message });
    return message;
  }

  #tell(change: MessageChange): void {
    for (const listener of this.#listeners) listener(change);
  }

  /** Microseconds, kept apart by hand because many messages may fall into one millisecond of the lab. */
  #nextTs(): string {
    this.#lastTs = Math.max(Math.round(this.#clock.now() * 1000), this.#lastTs + 1);
    return `${Math.floor(this.#lastTs / 1e6)}.${String(this.#lastTs % 1e6).padStart(6, "0")}`;
  }
}
