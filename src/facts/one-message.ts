import type { SignalId } from "../rules/signal-id.ts";
import { type Fact, firstAt, latest, SAME_FACT_MS } from "./facts.ts";
import { isPosted, type Post } from "./posts.ts";
import { isEvent } from "./report-of.ts";

/** The signals that tell the same of one moment, each from another source: RDS's events, its API, or the guard's operation. */
const TOGETHER: readonly (readonly SignalId[])[] = [
  ["replication-degraded", "switchover-cancelled", "sequence-sync-failed", "switchover-operation-cancelled", "recreate-failed"],
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

/** What nobody has to notice any more once one of these has happened. */
const OVERTAKES: Readonly<Partial<Record<SignalId, readonly SignalId[]>>> = {
  ready: ["replication-degraded", "shown-degraded", "deployment-deleted", "switchover-started", "switched-over"],
};

interface Told {
  facts: readonly Fact[];
  posts: readonly Post[];
  /** True while RDS builds green. */
  isBuilding: boolean;
}

/**
 * Lets one entry tell what belongs together: what was said of one moment within ten minutes, and the steps of building green. The one that
 * stands, or else the first, tells the others. Returns the same array if nothing changes.
 */
export function inOneMessage(told: Told): readonly Fact[] {
  const { facts, posts } = told;
  const tellers = new Map<Fact, string>();
  for (const fact of facts) {
    if (fact.toldBy !== undefined || isPosted({ posts }, fact)) continue;
    const others = companionsOf(fact, told).filter((it) => it.toldBy === undefined && !tellers.has(it));
    const teller = tellerOf(others, posts);
    if (teller && teller !== fact) tellers.set(fact, teller.id);
  }
  const together = tellers.size === 0 ? facts : facts.map((fact) => (tellers.has(fact) ? { ...fact, toldBy: tellers.get(fact) } : fact));
  return quieter({ facts: together, posts });
}

/** The facts that one entry may tell with `fact`, which is one of them. */
function companionsOf(fact: Fact, { facts, isBuilding }: Told): Fact[] {
  const isOfBuild = (it: Fact) => isStep(it) && (isBuilding || isWhileBuilding(it, facts));
  // What stops later stands in the way of a switchover.
  if (isStep(fact)) return isOfBuild(fact) ? facts.filter(isOfBuild) : [];
  const group = TOGETHER.find((it) => it.includes(fact.signal) && isOfGroup(fact)) ?? [];
  const isNear = (it: Fact) => Math.abs(Date.parse(firstAt(it)) - Date.parse(firstAt(fact))) <= SAME_FACT_MS;
  return facts.filter((it) => group.includes(it.signal) && isOfGroup(it) && isNear(it));
}

/** A recreation fails for many reasons: one is that its new green was ruined as well. */
const isOfGroup = ({ signal, reports }: Fact): boolean =>
  signal !== "recreate-failed" || reports.some(({ said }) => said?.code === "degraded-again-to-green");

/** True for what happened before RDS said that green is built. */
function isWhileBuilding(fact: Fact, facts: readonly Fact[]): boolean {
  const built = latest(facts, "tasks-completed");
  return built?.reports.some(isEvent) === true && firstAt(fact) <= firstAt(built);
}

/** The facts, of which none is announced that goes on or was overtaken. */
function quieter({ facts, posts }: Pick<Told, "facts" | "posts">): readonly Fact[] {
  const isQuiet = (fact: Fact) => {
    if (!fact.announce || isPosted({ posts }, fact)) return false;
    const overtakers = OVERTAKES[fact.signal] ?? [];
    if (facts.some((it) => overtakers.includes(it.signal) && firstAt(it) > firstAt(fact))) return true;
    // Of one that Slack refuses, nobody has heard.
    return GOES_ON.includes(fact.signal) && facts.some((it) => it.announce && it.signal === fact.signal && isPosted({ posts }, it));
  };
  if (!facts.some(isQuiet)) return facts;
  const grave = ({ severity }: Fact) => (severity === "critical" ? ("warning" as const) : severity);
  return facts.map((fact) => (isQuiet(fact) ? { ...fact, announce: false, severity: grave(fact) } : fact));
}

/** An interruption with a reason is no step. */
const isStep = ({ signal, reports }: Fact): boolean =>
  isBuildStep(signal) && !reports.some(({ reading, side }) => reading.reason || reading.terminated || side === "blue");

function tellerOf(facts: readonly Fact[], posts: readonly Post[]): Fact | undefined {
  const inTime = [...facts].sort((a, b) => firstAt(a).localeCompare(firstAt(b)));
  return inTime.find((fact) => isPosted({ posts }, fact)) ?? inTime[0];
}
