import { InputError } from "../input.ts";
import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";

/** Kills the guard in the middle of whatever it does, and starts it again. */
export function guardActions({ guard }: Pick<PageOptions, "guard">): Record<string, Action> {
  return {
    "kill-guard": {
      told: true,
      run() {
        if (!guard.alive) throw new InputError("The guard is not running: start it first.");
        guard.kill();
        return "A visitor kills the guard. Events wait in its queue.";
      },
    },
    "start-guard": {
      told: true,
      async run() {
        if (guard.alive) throw new InputError("The guard is running already.");
        await guard.start();
        return "A visitor starts the guard again.";
      },
    },
  };
}
