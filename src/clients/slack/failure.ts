/** Whether a retry can help: later, only after a setting is corrected, never (the message is wrong), or the message is gone. */
export type SlackErrorKind = "later" | "settings" | "ours" | "gone";

/** What else is known of a refusal. */
export interface SlackErrorDetails {
  retryAfterSeconds?: number;
  ofAddress?: boolean;
}

/** Thrown if Slack did not accept a call; the message says what to correct, and never contains the token. */
export class SlackError extends Error {
  override readonly name = "SlackError";
  readonly kind: SlackErrorKind;
  /** Seconds that Slack asked to wait; absent if it named none. */
  readonly retryAfterSeconds?: number;
  /** True if Slack refused what the call named (a channel, a thread, a message), so that another call can fare better. */
  readonly ofAddress: boolean;

  constructor(kind: SlackErrorKind, text: string, cause: unknown, { retryAfterSeconds, ofAddress = false }: SlackErrorDetails = {}) {
    super(text, { cause });
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
    this.ofAddress = ofAddress;
  }
}
