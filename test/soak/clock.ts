import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../local/clock.ts";

interface Waiter {
  at: number;
  order: number;
  resolve(): void;
}

/** A clock on which everything happens at once where nothing waits: it jumps to the earliest time that is waited for. */
export class StoryClock implements Clock {
  #now: number;
  #order = 0;
  readonly #waiting: Waiter[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  until(at: number): Promise<void> {
    if (this.#now >= at) return Promise.resolve();
    return new Promise((resolve) => this.#add({ at, order: this.#order++, resolve }));
  }

  work<T>(task: () => Promise<T>): Promise<T> {
    return task();
  }

  /** Lets everything happen until `end` (milliseconds since 1970), or until `isOver` says so. */
  async play(end: number, isOver: () => boolean): Promise<void> {
    await setImmediate();
    while (!isOver()) {
      const next = this.#waiting[0];
      if (!next || next.at > end) break;
      this.#take();
      this.#now = Math.max(this.#now, next.at);
      next.resolve();
      await setImmediate();
    }
    if (!isOver()) this.#now = Math.max(this.#now, end);
  }

  #add(waiter: Waiter): void {
    const heap = this.#waiting;
    let index = heap.push(waiter) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(waiter, heap[parent])) break;
      heap[index] = heap[parent] as Waiter;
      index = parent;
    }
    heap[index] = waiter;
  }

  #take(): void {
    const heap = this.#waiting;
    const last = heap.pop() as Waiter;
    if (heap.length === 0) return;
    let index = 0;
    while (index * 2 + 1 < heap.length) {
      const left = index * 2 + 1;
      const child = heap[left + 1] && isBefore(heap[left + 1] as Waiter, heap[left]) ? left + 1 : left;
      if (!isBefore(heap[child] as Waiter, last)) break;
      heap[index] = heap[child] as Waiter;
      index = child;
    }
    heap[index] = last;
  }
}

const isBefore = (a: Waiter, b: Waiter | undefined): boolean => b !== undefined && (a.at < b.at || (a.at === b.at && a.order < b.order));
