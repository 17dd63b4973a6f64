/** Draws the same for the same seed. */
export class Random {
  #state: number;

  /** Numbers and words that tell what is drawn for, such as the seed of a story and what befalls one of its runs. */
  constructor(...seed: readonly (number | string)[]) {
    let hash = 0x811c9dc5;
    for (const char of seed.join("|")) hash = Math.imul(hash ^ char.charCodeAt(0), 0x01000193);
    this.#state = hash >>> 0;
    this.below(1);
    this.below(1);
  }

  /** A number from 0 up to 1. Source: mulberry32, by Tommy Ettinger, in the public domain. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from 0 up to `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** A number between both. */
  between(least: number, most: number): number {
    return least + this.next() * (most - least);
  }

  is(chance: number): boolean {
    return this.next() < chance;
  }

  of<T>(all: readonly T[]): T {
    return all[this.below(all.length)] as T;
  }

  /** One of them, each as often as its weight says. */
  weighted<T>(all: readonly (readonly [number, T])[]): T {
    let left = this.next() * all.reduce((sum, [weight]) => sum + weight, 0);
    const found = all.find(([weight]) => {
      left -= weight;
      return left < 0;
    });
    return (found ?? all[0])?.[1] as T;
  }
}
