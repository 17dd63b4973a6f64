import type { ScaledClock } from "../local/clock.ts";
import type { Lab } from "./opened-lab.ts";
import type { PageOptions } from "./page/options.ts";
import { requestIdsOn } from "./requests.ts";
import { stories } from "./stories/index.ts";

/** What a session's page shows and controls; `onSpeed` gets each speed that a visitor chooses, `onPlay` each story. */
export function pageOptions(
  lab: Lab,
  clock: ScaledClock,
  playing: () => string | undefined,
  onPlay: (story: string) => void,
  onSpeed: (speed: number) => void,
): PageOptions {
  const { host } = lab;
  const tellHost = () => host?.setClock({ now: clock.now(), speed: clock.speed });
  return {
    ...lab,
    clock: {
      now: () => clock.now(),
      get speed() {
        return clock.speed;
      },
      setSpeed(speed) {
        clock.setSpeed(speed);
        onSpeed(speed);
        tellHost();
      },
      skipToNext() {
        const next = clock.next();
        if (next === undefined) return false;
        clock.set(next);
        tellHost();
        return true;
      },
    },
    guard: {
      get alive() {
        return host?.alive ?? true;
      },
      kill: () => host?.kill(),
      start: async () => {
        lab.bus.exists = true;
        host?.start();
      },
      onChange: (listener) => host?.onChange(listener) ?? (() => undefined),
    },
    requestIds: () => requestIdsOn(lab.bus),
    fate: { next: (kind, count) => lab.way.next(kind, count) },
    stories: {
      list: stories,
      get playing() {
        return playing();
      },
      play: async (name) => onPlay(name),
    },
  };
}
