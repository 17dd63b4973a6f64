/** A call that Slack refuses: becomes `{ok: false, error}`, or HTTP 429 if the caller must wait. */
export class SlackRefusal extends Error {
  override readonly name = "SlackRefusal";
  /** Slack's error code, such as `channel_not_found`. */
  readonly error: string;
  /** What is wrong in detail, as Slack puts it into `errors` and `response_metadata.messages`. */
  readonly details: readonly string[];
  readonly retryAfterSeconds: number | undefined;

  constructor(error: string, more: { details?: readonly string[]; retryAfterSeconds?: number } = {}) {
    super(`Slack's answer is "${error}".`);
    this.error = error;
    this.details = more.details ?? [];
    this.retryAfterSeconds = more.retryAfterSeconds;
  }

  /** The body of the answer. */
  body(): Record<string, unknown> {
    if (this.details.length === 0) return { ok: false, error: this.error };
    const messages = this.details.map((detail) => `[ERROR] ${detail}`);
    return { ok: false, error: this.error, errors: this.details, response_metadata: { messages } };
  }
}
