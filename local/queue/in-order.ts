/** Runs tasks of the same key one after another, and tasks of different keys side by side. */
export class InOrder {
  #last = new Map<string, Promise<unknown>>();

  /** Runs `task` once those given before for the same key have ended, whether well or not. */
  run<T>(key: string, task: () => Promise<T>): Promise<T> {
    const mine = (this.#last.get(key) ?? Promise.resolve()).then(task, task);
    this.#last.set(key, mine);
    const forget = () => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(forget, forget);
    return mine;
  }
}
