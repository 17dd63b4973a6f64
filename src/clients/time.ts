import { setTimeout } from "node:timers/promises";

/** A clock, in milliseconds since 1970, that can also wait. */
export interface Time {
  now(): number;
  /** Resolves at `at`, or at once if that has passed. */
  until(at: number): Promise<void>;
}

/** The clock of the machine, in milliseconds since 1970. */
export const systemTime: Time = {
  now: () => Date.now(),
  until: async (at: number): Promise<void> => {
    const ms = at - Date.now();
    if (ms > 0) await setTimeout(ms);
  },
};
