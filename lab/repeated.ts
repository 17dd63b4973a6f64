const HOUR = 3_600_000;

/**
 * Keeps repeated messages, such as an outage's error, from filling the screen: prints a message at first, then once an hour with its count.
 */
export class Repeated {
  readonly #said = new Map<string, { since: number; more: number }>();

  /** Returns the message to print at `now` (milliseconds since 1970), or undefined if it was printed within the hour. */
  line(message: string, now: number): string | undefined {
    const before = this.#said.get(message);
    if (before && now < before.since + HOUR) {
      before.more += 1;
      return undefined;
    }
    this.#said.set(message, { since: now, more: 0 });
    return before && before.more > 0 ? `${message} (${before.more} more times since it was said last)` : message;
  }
}
