import { stopsAll } from "./send.ts";

/**
 * How a turn ended. `told`: nothing is left to tell in its channel. `busy`: the channel takes no message of it now. `yielded`: what is left is
 * less urgent than what waits of another deployment. `left`: another run tells of it, at most until the time given. `failed`: something did
 * not take what it was given.
 */
export type TurnEnd =
  | { end: "told" }
  | { end: "busy" }
  | { end: "yielded" }
  | { end: "left"; until: number }
  | { end: "failed"; error: unknown };

/** How the turns of each deployment ended in each channel. */
export class Ends {
  readonly #ends = new Map<string, Map<string, TurnEnd>>();

  set(key: string, channel: string, end: TurnEnd): void {
    const known = this.#ends.get(key) ?? new Map<string, TurnEnd>();
    this.#ends.set(key, known.set(channel, end));
  }

  get(key: string, channel: string): TurnEnd | undefined {
    return this.#ends.get(key)?.get(channel);
  }

  /** The deployments and channels of turns that found the channel busy. */
  busy(): [key: string, channel: string][] {
    return [...this.#ends].flatMap(([key, ends]) => [...ends].flatMap(([channel, { end }]) => (end === "busy" ? [[key, channel]] : [])));
  }

  /** The channels that took nothing, and why. */
  refusing(): Map<string, unknown> {
    const all = [...this.#ends.values()].flatMap((it) => [...it]).toReversed();
    return new Map(all.flatMap(([channel, end]) => (end.end === "failed" && stopsAll(end.error) ? [[channel, end.error]] : [])));
  }

  /** Of each deployment the end that asks for most. */
  gravest(): ReadonlyMap<string, TurnEnd> {
    const first = (ends: ReadonlyMap<string, TurnEnd>) => [...ends.values()].toSorted((a, b) => gravityOf(b) - gravityOf(a))[0];
    return new Map([...this.#ends].flatMap(([key, ends]) => [[key, first(ends) ?? { end: "told" }]]));
  }
}

/** What a channel does not take is written down, and a run is woken for it: what failed by itself, or is left to others, comes first. */
function gravityOf(end: TurnEnd): number {
  if (end.end === "failed") return stopsAll(end.error) ? 3 : 5;
  return { told: 0, yielded: 1, busy: 2, left: 4 }[end.end];
}
