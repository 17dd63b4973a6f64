import { setTimeout } from "node:timers/promises";

/** The time of the machine, in milliseconds since 1970. */
export const systemTime = {
  now: () => Date.now(),
  /** Resolves at `at`, or at once where that is past. */
  until: async (at: number): Promise<void> => {
    const ms = at - Date.now();
    if (ms > 0) await setTimeout(ms);
  },
};
