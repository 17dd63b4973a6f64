/** The time for a guard on one machine and its surroundings: real time, faster time, or a time that a test moves. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves once `now()` has reached `at` (milliseconds since 1970), immediately if it already has. */
  until(at: number): Promise<void>;
  /** Runs `task`; a clock that a test moves stands still while a task works, except while it waits in `until`. */
  work<T>(task: () => Promise<T>): Promise<T>;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A clock that starts at `start` and runs `speed` times as fast as the real one, until stopped.
 *
 * `speed` can change while it runs (0 pauses it), and waiting callers follow. `stop` leaves every waiting promise unresolved, so that a
 * process can end.
 */
export class ScaledClock implements Clock {
  #speed: number;
  #origin: { real: number; shown: number };
  #waiting = new Set<{ at: number; resolve: () => void; timer?: NodeJS.Timeout }>();
  #stopped = false;

  constructor(speed: number, start: number = Date.now()) {
    this.#speed = speed;
    this.#origin = { real: performance.now(), shown: start };
  }

  now(): number {
    return Math.floor(this.#origin.shown + (performance.now() - this.#origin.real) * this.#speed);
  }

  get speed(): number {
    return this.#speed;
  }

  setSpeed(speed: number): void {
    this.#origin = { real: performance.now(), shown: this.now() };
    this.#speed = speed;
    for (const waiter of this.#waiting) this.#arm(waiter);
  }

  /** Sets the time and runs on from there; callers whose time has come by then resume. */
  set(now: number): void {
    this.#origin = { real: performance.now(), shown: now };
    for (const waiter of this.#waiting) this.#arm(waiter);
  }

  /** The earliest time that a caller waits for, or undefined if none waits. */
  next(): number | undefined {
    const moments = [...this.#waiting].map(({ at }) => at);
    return moments.length === 0 ? undefined : Math.min(...moments);
  }

  until(at: number): Promise<void> {
    if (this.now() >= at) return Promise.resolve();
    return new Promise((resolve) => {
      const waiter = { at, resolve };
      this.#waiting.add(waiter);
      this.#arm(waiter);
    });
  }

  work<T>(task: () => Promise<T>): Promise<T> {
    return task();
  }

  stop(): void {
    this.#stopped = true;
    for (const waiter of this.#waiting) clearTimeout(waiter.timer);
    this.#waiting.clear();
  }

  #arm(waiter: { at: number; resolve: () => void; timer?: NodeJS.Timeout }): void {
    clearTimeout(waiter.timer);
    if (this.#stopped) return;
    const missing = Math.max(0, waiter.at - this.now());
    if (this.#speed === 0 && missing > 0) return;
    const remaining = missing === 0 ? 0 : Math.min(missing / this.#speed, LONGEST_TIMER_MS);
    waiter.timer = setTimeout(() => {
      if (this.now() < waiter.at) return this.#arm(waiter);
      this.#waiting.delete(waiter);
      waiter.resolve();
    }, Math.ceil(remaining));
  }
}

/**
 * A clock that moves only when every task at work waits for it, then jumps to the earliest time waited for.
 *
 * Every `until` belongs to a task passed to `work` (not nested in another), so that time stands still during an HTTP call.
 */
export class VirtualClock implements Clock {
  #now: number;
  #working = 0;
  #waiting: { at: number; resolve: () => void }[] = [];
  #stopped = false;
  readonly #lead: ((at: number) => Promise<unknown>) | undefined;

  /**
   * `lead` moves another process's clock to a time before this one gets there, and resolves once everything due by then has happened there.
   */
  constructor(start: number, lead?: (at: number) => Promise<unknown>) {
    this.#now = start;
    this.#lead = lead;
  }

  now(): number {
    return this.#now;
  }

  async work<T>(task: () => Promise<T>): Promise<T> {
    this.#working += 1;
    try {
      return await task();
    } finally {
      this.#working -= 1;
      this.#moveWhenIdle();
    }
  }

  until(at: number): Promise<void> {
    if (this.#now >= at) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiting.push({ at, resolve });
      this.#working -= 1;
      this.#moveWhenIdle();
    });
  }

  /** Leaves every waiting promise unresolved. */
  stop(): void {
    this.#waiting = [];
    this.#stopped = true;
  }

  #moveWhenIdle(): void {
    if (this.#stopped || this.#working > 0 || this.#waiting.length === 0) return;
    const earliest = this.#waiting.reduce((a, b) => (b.at < a.at ? b : a));
    this.#waiting = this.#waiting.filter((waiter) => waiter !== earliest);
    // The task that is about to resume keeps the time from moving meanwhile.
    this.#working += 1;
    const arrive = () => {
      this.#now = Math.max(this.#now, earliest.at);
      earliest.resolve();
    };
    if (this.#lead) void this.#lead(earliest.at).then(arrive);
    else arrive();
  }
}
