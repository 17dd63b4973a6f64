import type { SignalId } from "../rules/signal-id.ts";
import { type Fact, firstAt, SAME_FACT_MS } from "./facts.ts";
import { isPosted, type Post } from "./posts.ts";

/** The signals that tell the same end of the same thing, each from another source: RDS's events, its API, or the guard's operation. */
const SAME_END: readonly (readonly SignalId[])[] = [
  ["switchover-cancelled", "sequence-sync-failed", "switchover-operation-cancelled"],
  ["switched-over", "switchover-operation-done"],
  ["partly-switched-over", "switchover-operation-partly"],
  ["ready", "recreate-done"],
];

/** What happens while green is built, and calls for nothing. */
const BUILD_STEPS = [
  "replication-stopped",
  "replication-resumed",
  "engine-upgrade-started",
  "engine-upgrade-finished",
  "storage-initialization-started",
  "storage-initialization-completed",
] as const satisfies readonly SignalId[];

export type BuildStep = (typeof BUILD_STEPS)[number];

/** True for the signal of a step of building green. */
export const isBuildStep = (signal: SignalId): signal is BuildStep => (BUILD_STEPS as readonly SignalId[]).includes(signal);

/** What goes on once it was told: that it happened again is for the thread alone. */
const GOES_ON: readonly SignalId[] = ["replication-degraded"];

interface Told {
  facts: readonly Fact[];
  posts: readonly Post[];
  /** True while RDS builds green. */
  isBuilding: boolean;
}

/**
 * Lets one entry tell what belongs together: the ends of one attempt within ten minutes of each other, and the steps of building green. The
 * one that stands, or else the first, tells the others. Returns the same array if nothing changes.
 */
export function inOneMessage({ facts, posts, isBuilding }: Told): readonly Fact[] {
  const tellers = new Map<Fact, string>();
  for (const fact of facts) {
    if (fact.toldBy !== undefined || isPosted({ posts }, fact)) continue;
    const group = SAME_END.find((it) => it.includes(fact.signal));
    const others = group
      ? facts.filter((it) => group.includes(it.signal) && Math.abs(Date.parse(firstAt(it)) - Date.parse(firstAt(fact))) <= SAME_FACT_MS)
      : isBuilding && isStep(fact)
        ? facts.filter(isStep)
        : [];
    const teller = tellerOf(
      others.filter((it) => it.toldBy === undefined && !tellers.has(it)),
      posts,
    );
    if (teller && teller !== fact) tellers.set(fact, teller.id);
  }
  const told = tellers.size === 0 ? facts : facts.map((fact) => (tellers.has(fact) ? { ...fact, toldBy: tellers.get(fact) } : fact));
  return quieter({ facts: told, posts });
}

/** The facts, of which none that goes on is announced a second time. */
function quieter({ facts, posts }: Pick<Told, "facts" | "posts">): readonly Fact[] {
  const isAgain = (fact: Fact) => {
    if (!fact.announce || !GOES_ON.includes(fact.signal) || isPosted({ posts }, fact)) return false;
    const same = facts.filter(({ signal, announce }) => announce && signal === fact.signal);
    return tellerOf(same, posts) !== fact;
  };
  return facts.some(isAgain) ? facts.map((fact) => (isAgain(fact) ? { ...fact, announce: false, severity: "warning" } : fact)) : facts;
}

/** An interruption with a reason is no step. */
const isStep = ({ signal, reports }: Fact): boolean =>
  isBuildStep(signal) && !reports.some(({ reading, side }) => reading.reason || reading.terminated || side === "blue");

function tellerOf(facts: readonly Fact[], posts: readonly Post[]): Fact | undefined {
  const inTime = [...facts].sort((a, b) => firstAt(a).localeCompare(firstAt(b)));
  return inTime.find((fact) => isPosted({ posts }, fact)) ?? inTime[0];
}
