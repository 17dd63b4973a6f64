import type { Clock } from "../local/clock.ts";
import type { Fate } from "./journal.ts";
import type { LabEnvelope } from "./rds/rds.ts";

/** What can happen to the next events on their way to the guard. */
export type Mishap = "drop" | "delay" | "double";

const DELAY_MS = 20 * 60_000;

/** The way from RDS to the guard's routes, with best-effort delivery: events can be lost, late or duplicated. */
export class EventWay {
  readonly #clock: Clock;
  readonly #arrive: (event: LabEnvelope) => Promise<void>;
  #lose: (event: LabEnvelope) => boolean = () => false;
  #next: Mishap[] = [];

  constructor(clock: Clock, arrive: (event: LabEnvelope) => Promise<void>) {
    this.#clock = clock;
    this.#arrive = arrive;
  }

  /** Loses the events that `which` names from now on. */
  lose(which: (event: LabEnvelope) => boolean): void {
    this.#lose = which;
  }

  /** Affects the next `count` events; `delay` is 20 minutes of lab time. */
  next(mishap: Mishap, count: number): void {
    this.#next.push(...Array.from({ length: count }, () => mishap));
  }

  /** What will happen to an event; a planned mishap is used up by it. */
  fateOf(event: LabEnvelope): Fate | undefined {
    if (this.#lose(event)) return "dropped";
    const mishap = this.#next.shift();
    return mishap && ({ drop: "dropped", delay: "delayed", double: "doubled" } as const)[mishap];
  }

  /** Delivers an event to the routes once, twice, late or not at all. */
  async bring(event: LabEnvelope, fate: Fate | undefined): Promise<void> {
    if (fate === "dropped") return;
    if (fate === "delayed") {
      const at = this.#clock.now() + DELAY_MS;
      void this.#clock.work(async () => {
        await this.#clock.until(at);
        await this.#arrive(event);
      });
      return;
    }
    await this.#arrive(event);
    if (fate === "doubled") await this.#arrive(event);
  }
}
