import type { Clock } from "../../../local/clock.ts";

/** A clock that moves to the next time waited for once nothing is left to be done at the present one, however many wait at once. */
export class CallClock implements Clock {
  #now: number;
  #waiting: { at: number; resolve: () => void }[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  until(at: number): Promise<void> {
    if (this.#now >= at) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    if (this.#waiting.push({ at, resolve }) === 1) setImmediate(() => this.#move());
    return promise;
  }

  work<T>(task: () => Promise<T>): Promise<T> {
    return task();
  }

  #move(): void {
    this.#now = Math.min(...this.#waiting.map(({ at }) => at));
    const due = this.#waiting.filter(({ at }) => at <= this.#now);
    this.#waiting = this.#waiting.filter(({ at }) => at > this.#now);
    for (const { resolve } of due) resolve();
    if (this.#waiting.length > 0) setImmediate(() => this.#move());
  }
}
