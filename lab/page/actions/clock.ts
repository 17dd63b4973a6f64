import { paceWords } from "../../pace.ts";
import { InputError } from "../input.ts";
import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";

const FASTEST = 100_000;

/** Speed, pause, resume, next step. */
export function clockActions({ clock }: Pick<PageOptions, "clock">): Record<string, Action> {
  let resumeSpeed = clock.speed || 1;
  return {
    speed: {
      told: false,
      run(input) {
        resumeSpeed = input.number("speed", 1, FASTEST, { whole: false });
        clock.setSpeed(resumeSpeed);
        return `The lab's clock runs ${paceWords(resumeSpeed)} as the real one.`;
      },
    },
    pause: {
      told: false,
      run() {
        if (clock.speed > 0) resumeSpeed = clock.speed;
        clock.setSpeed(0);
        return "The lab's clock stands still.";
      },
    },
    resume: {
      told: false,
      run() {
        if (clock.speed === 0) clock.setSpeed(resumeSpeed);
        return `The lab's clock runs ${paceWords(clock.speed)} as the real one.`;
      },
    },
    step: {
      told: false,
      run() {
        if (clock.skipToNext()) return `Went on to ${new Date(clock.now()).toISOString().slice(11, 19)} UTC.`;
        throw new InputError("Nothing is waited for: play a story or do something first.");
      },
    },
  };
}
