import type { StoryClock } from "./clock.ts";

/** What goes on beside each other in a story. */
export class Tasks {
  readonly clock: StoryClock;
  readonly #failed: (error: unknown) => void;

  /** `failed` hears of what a task throws. */
  constructor(clock: StoryClock, failed: (error: unknown) => void) {
    this.clock = clock;
    this.#failed = failed;
  }

  /** Does it in so many milliseconds. */
  after(ms: number, work: () => Promise<unknown>): void {
    this.begin(async () => {
      await this.pass(ms);
      await work();
    });
  }

  begin(work: () => Promise<unknown>): void {
    work().catch(this.#failed);
  }

  pass(ms: number): Promise<void> {
    return this.clock.until(this.clock.now() + Math.max(1, Math.round(ms)));
  }
}
