import type { Clock } from "../local/clock.ts";

/**
 * A clock that moves only when everybody who works waits for it, and that takes another process's virtual clock along: `lead` is asked to
 * bring that one to a moment, and answers once all that happens there until then has happened.
 *
 * As with `VirtualClock`, every `until` belongs to a task announced with `work`, not nested in another.
 */
export class LeadingClock implements Clock {
  #now: number;
  readonly #lead: (at: number) => Promise<unknown>;
  #working = 0;
  #waiting: { at: number; resolve: () => void }[] = [];

  constructor(start: number, lead: (at: number) => Promise<unknown>) {
    this.#now = start;
    this.#lead = lead;
  }

  now(): number {
    return this.#now;
  }

  async work<T>(task: () => Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await task();
    } finally {
      this.#working -= 1;
      this.#moveWhenIdle();
    }
  }

  until(at: number): Promise<void> {
    if (this.#now >= at) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ at, resolve });
      this.#working -= 1;
      this.#moveWhenIdle();
    });
  }

  /** Time stands still from now on: nobody who waits goes on any more. */
  stop(): void {
    this.#waiting = [];
    this.#working += 1;
  }

  #moveWhenIdle(): void {
    if (this.#working > 0 || this.#waiting.length === 0) return;
    const earliest = this.#waiting.reduce((a, b) => (b.at < a.at ? b : a));
    this.#waiting = this.#waiting.filter((waiter) => waiter !== earliest);
    // Who is about to go on keeps the time from moving while the other clock follows.
    this.#working += 1;
    void this.#lead(earliest.at).then(() => {
      this.#now = Math.max(this.#now, earliest.at);
      earliest.resolve();
    });
  }
}
