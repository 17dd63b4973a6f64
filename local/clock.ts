/** Time as the guard's surroundings on one machine see it: the real one, a faster one, or one that a test moves. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Resolves once `now()` has reached `at` (milliseconds since 1970); at once where it already has. */
  until(at: number): Promise<void>;
  /** Runs `task`; a clock that a test moves stands still while a task works, except where it waits in `until`. */
  work<T>(task: () => Promise<T>): Promise<T>;
}

const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A clock that starts at `start` and runs `speed` times as fast as the real one, until stopped.
 *
 * `speed` may be changed while it runs (0 pauses it); waiting callers follow. `stop` leaves every waiting promise unresolved,
 * so that a process can end.
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

  /** Sets the time and goes on from there; whoever waits for a moment that has come by that goes on. */
  set(now: number): void {
    this.#origin = { real: performance.now(), shown: now };
    for (const waiter of this.#waiting) this.#arm(waiter);
  }

  /** The earliest moment that somebody waits for, or nothing. */
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
 * A clock that moves only when everybody who works waits for it, then jumps to the earliest moment waited for.
 *
 * Every `until` belongs to a task announced with `work` (not nested in another), so that time stands still during an HTTP call.
 */
export class VirtualClock implements Clock {
  #now: number;
  #working = 0;
  #waiting: { at: number; resolve: () => void }[] = [];
  #stopped = false;
  readonly #lead: ((at: number) => Promise<unknown>) | undefined;

  /** `lead` brings another process's clock to a moment before this one is there, and answers once all has happened there until then. */
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

  /** Nobody who waits goes on any more. */
  stop(): void {
    this.#waiting = [];
    this.#stopped = true;
  }

  #moveWhenIdle(): void {
    if (this.#stopped || this.#working > 0 || this.#waiting.length === 0) return;
    const earliest = this.#waiting.reduce((a, b) => (b.at < a.at ? b : a));
    this.#waiting = this.#waiting.filter((waiter) => waiter !== earliest);
    // Who is about to go on keeps the time from moving meanwhile.
    this.#working += 1;
    const arrive = () => {
      this.#now = Math.max(this.#now, earliest.at);
      earliest.resolve();
    };
    if (this.#lead) void this.#lead(earliest.at).then(arrive);
    else arrive();
  }
}
