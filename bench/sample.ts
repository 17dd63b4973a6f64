import { kindOf, type WireCall } from "./wire.ts";

const OF_A_KIND = 40;

/** Some calls of every kind, picked evenly from all that it sees, so that the measured memory is not its own. */
export class Sample {
  /** By kind. */
  readonly calls: Record<string, WireCall[]> = {};
  /** How long all calls took together: more than the elapsed time if several were under way at once. */
  busyMs = 0;
  readonly #seen: Record<string, number> = {};

  add(call: WireCall): void {
    const kind = kindOf(call);
    this.busyMs += call.ended - call.begun;
    const seen = (this.#seen[kind] ?? 0) + 1;
    this.#seen[kind] = seen;
    const kept = this.calls[kind] ?? [];
    this.calls[kind] = kept;
    // Reservoir sampling: every call is as likely to stay.
    const place = kept.length < OF_A_KIND ? kept.length : Math.floor(Math.random() * seen);
    if (place < OF_A_KIND) kept[place] = call;
  }
}
