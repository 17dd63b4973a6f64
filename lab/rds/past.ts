import type { Clock } from "../../local/clock.ts";
import type { Random } from "./identifiers.ts";
import { Store } from "./store.ts";

const LONGEST_MS = 60_000;

/**
 * What existed in the last moments, for reads that lag behind as AWS's do.
 *
 * Source: hashicorp/terraform-provider-aws#36241: a describe call said AVAILABLE while a switchover was still refused.
 */
export class Past {
  #staleness = 0;
  #versions: { until: number; store: Store }[] = [];
  readonly #clock: Clock;
  readonly #store: Store;
  readonly #random: Random;

  constructor({ clock, store, random }: { clock: Clock; store: Store; random: Random }) {
    this.#clock = clock;
    this.#store = store;
    this.#random = random;
  }

  /** How far a read may lag behind, in milliseconds of the lab's clock. */
  get staleness(): number {
    return this.#staleness;
  }

  /** @throws RangeError unless it is 0 to 60,000. */
  set staleness(milliseconds: number) {
    if (!(milliseconds >= 0 && milliseconds <= LONGEST_MS)) {
      throw new RangeError(`A read of the lab cannot be stale by ${milliseconds} ms: choose 0 to ${LONGEST_MS}.`);
    }
    this.#staleness = milliseconds;
    this.#versions = [];
  }

  /** Keeps what exists now; everything that changes it calls this first. */
  keep(): void {
    if (this.#staleness === 0) return;
    const now = this.#clock.now();
    this.#versions = this.#versions.filter(({ until }) => until > now - this.#staleness);
    if (this.#versions.at(-1)?.until !== now) this.#versions.push({ until: now, store: copyOf(this.#store) });
  }

  /** What a read finds: what exists, or existed at a moment that chance chooses. */
  seen(): Store {
    if (this.#staleness === 0) return this.#store;
    const moment = this.#clock.now() - this.#random() * this.#staleness;
    return this.#versions.find(({ until }) => until > moment)?.store ?? this.#store;
  }
}

/** A copy in which everything that names another thing names that thing's copy. */
function copyOf({ clusters, instances, endpoints, deployments, complete }: Store): Store {
  return Object.assign(new Store(), structuredClone({ clusters, instances, endpoints, deployments, complete }));
}
