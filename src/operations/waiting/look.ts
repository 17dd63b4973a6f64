import { isSame } from "../../facts/hash-of.ts";
import type { Reason } from "../says/reasons.ts";
import type { Shown } from "../says/shown.ts";

/** What one look finds. */
export interface Look {
  done: boolean;
  /** Why it will never be done. */
  broken?: Reason;
  /** What a person should know of how it is done. */
  said?: Reason;
  /** What moves while it goes on: if this stays the same, it is stuck. */
  shows?: Shown;
  /** Seconds after which it has to be looked at again, though nobody may wake it. */
  within?: number;
}

/** What is done around a look. */
export interface LookOptions {
  /**
   * Called with what moves after each look that does not end the wait, and that nobody has woken it for: what wakes it is told by others.
   */
  pulse?(shows: Shown | undefined): Promise<void>;
  /** Says that it is stuck, once nothing has moved for `afterSeconds`; again only after something moved. */
  stuck?: { afterSeconds: number; tell(shows: Shown | undefined): Promise<void> };
}

/** What is kept of the looks of a wait. */
export interface LookState extends Look {
  /** When it looked, in milliseconds since 1970. */
  at?: number;
  /** Seconds waited so far in this wait; time in which nobody looked is not counted. */
  waited: number;
  /** Value of `waited` when something last moved. */
  movedAt: number;
  /** True once somebody was told that nothing moves. */
  reported: boolean;
  /** Value of `waited` at the first of the looks that failed in a row. */
  failingSince?: number;
}

/** The state before the first look. */
export const NOT_LOOKED: LookState = { done: false, waited: 0, movedAt: 0, reported: false };

/** For what has to be seen again before it counts. */
export const SOON_SECONDS = 15;

/** For what may be over any moment, and may take hours: a tenth of the time in which nothing has moved. */
export const soonAfter = (unmovedSeconds: number): number => Math.max(SOON_SECONDS, Math.round(unmovedSeconds / 10));

const LONGEST_FAILING_SECONDS = 2 * 3_600;
/** How much longer than it was meant to be a pause is believed: nobody looked for the rest of it. */
const LATE_SECONDS = 60;

/** Seconds until the next look, if nobody wakes it: 10 s after one that failed, then a tenth of the time that they fail. */
export function delayAfter({ failingSince, waited, within }: LookState, netSeconds: number): number {
  const delay = failingSince === undefined ? (within ?? netSeconds) : Math.max(10, Math.round((waited - failingSince) / 10));
  return Math.max(1, Math.min(netSeconds, delay));
}

/** Looks once at `now` (milliseconds since 1970), and says if it is stuck; a look that fails is one that found nothing. */
export async function lookOnce(
  before: LookState,
  now: number,
  netSeconds: number,
  look: (unmovedSeconds: number) => Promise<Look>,
  { pulse, stuck }: LookOptions,
): Promise<LookState> {
  const state = { ...before, at: now, waited: before.waited + passed(before, now, netSeconds) };
  try {
    const next = await seen(state, await look(state.waited - state.movedAt), stuck);
    // The time of a pause begins a little before its look.
    const isWoken = before.at === undefined || now - before.at < delayAfter(before, netSeconds) * 500;
    // What people see is a courtesy: the next look shows it.
    if (!next.done && next.broken === undefined && !isWoken) await pulse?.(next.shows).catch(() => undefined);
    return next;
  } catch (error) {
    return { ...state, done: false, ...failed(state, error) };
  }
}

function passed(before: LookState, now: number, netSeconds: number): number {
  const seconds = (now - (before.at ?? now)) / 1_000;
  return Math.max(0, Math.min(seconds, delayAfter(before, netSeconds) + LATE_SECONDS));
}

async function seen(state: LookState, found: Look, stuck: LookOptions["stuck"]): Promise<LookState> {
  const { done, broken, said, shows, within } = found;
  const moved = !isSame(shows, state.shows);
  const next = { ...state, done, broken, said, shows, within, failingSince: undefined, movedAt: moved ? state.waited : state.movedAt };
  if (done || broken !== undefined || !stuck) return next;
  if (moved) return { ...next, reported: false };
  if (state.reported || state.waited - next.movedAt < stuck.afterSeconds) return next;
  await stuck.tell(shows);
  return { ...next, reported: true };
}

function failed({ waited, failingSince = waited }: LookState, error: unknown): Pick<LookState, "failingSince" | "broken"> {
  if (waited - failingSince < LONGEST_FAILING_SECONDS) return { failingSince };
  return { failingSince, broken: { code: "looked-at-in-vain", text: error instanceof Error ? error.message : String(error) } };
}
