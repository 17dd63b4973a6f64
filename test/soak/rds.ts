import type { Happening } from "../support/simulation/hidden/happenings.ts";
import type { World } from "../support/simulation/hidden/world.ts";
import type { Random } from "./random.ts";
import type { Tasks } from "./tasks.ts";

const MINUTE = 60_000;

/** RDS at work on one blue database and its deployments: what it has accepted goes on by itself. */
export class RdsAtWork {
  readonly #world: World;
  readonly #tasks: Tasks;
  readonly #random: Random;
  readonly #begun = new Set<string>();

  constructor(world: World, tasks: Tasks, random: Random) {
    this.#world = world;
    this.#tasks = tasks;
    this.#random = random;
  }

  /** Something happens by somebody's doing or by RDS's own. */
  happen(happening: Happening): void {
    this.#world.happen(happening);
    if (happening.do === "database" && happening.status !== "available")
      this.#tasks.after(this.#random.between(1, 60) * MINUTE, async () => this.heal());
    this.follow();
  }

  /** What RDS or somebody does to a database has an end. */
  heal(): void {
    this.#world.change(({ things }) => {
      for (const it of Object.values(things)) if (it.status !== "deleting") it.status = "available";
    });
  }

  /** Goes on with what it has accepted. */
  follow(): void {
    const deployment = this.#world.truth.deployments.at(-1);
    if (!deployment) return;
    const key = `${deployment.id} ${deployment.status}`;
    if (this.#begun.has(key)) return;
    this.#begun.add(key);
    const forget = () => void this.#begun.delete(key);
    if (deployment.status === "PROVISIONING") this.#build();
    if (deployment.status === "DELETING") this.#later(this.#random.between(0.2, 20) * MINUTE, { do: "gone" });
    if (deployment.status === "SWITCHOVER_IN_PROGRESS") this.#switchOver(deployment.pairs.length, forget);
  }

  #later(ms: number, happening: Happening): void {
    this.#tasks.after(ms, async () => this.happen(happening));
  }

  #build(): void {
    const ms = this.#random.between(5, 90) * MINUTE;
    this.#later(ms, { do: "build" });
    if (this.#random.is(0.05)) this.#later(ms + 1, { do: "invalid" });
  }

  #switchOver(count: number, forget: () => void): void {
    const random = this.#random;
    const how = random.weighted([
      [70, "completed"],
      [12, "failed"],
      [18, "back"],
    ] as const);
    const pairs = Array.from({ length: count }, (_, index) => index).sort(() => random.next() - 0.5);
    const switched = how === "completed" ? pairs.length : random.is(0.6) ? 0 : random.below(pairs.length + 1);
    let at = random.between(2, 60) * 1_000;
    for (const pair of pairs.slice(0, switched)) {
      if (random.is(0.4)) this.#later(at, { do: "exchange", pair, how: "blue alone" });
      at += random.between(1, 40) * 1_000;
      this.#later(at, { do: "exchange", pair, how: random.is(0.15) ? "both, not said" : "both" });
      at += random.between(0, 90) * 1_000;
    }
    for (const pair of pairs.slice(switched)) if (random.is(0.3)) this.#later(at, { do: "fail", pair });
    at += random.between(1, 120) * 1_000;
    this.#later(at, { do: "end", as: how });
    this.#tasks.after(at, async () => forget());
  }
}
