import { WEEK } from "../../src/operations/waiting/budget.ts";
import type { Moment, Timeline } from "./playground.ts";

/** How long a recreation took, and how AWS and the guard share that time; seconds of the virtual clock. */
export interface GuardShare {
  /** The time that AWS took: the floor, which no guard can beat. */
  aws: { deletion: number; creation: number };
  /** The guard's own time: before the deletion, until it created, and until it had reported the outcome. */
  guard: { beforeDeletion: number; untilCreation: number; untilOutcome: number };
  /** The guard's time to AWS's. */
  share: number;
  /** The same, had RDS's events of both ends been lost: then they are seen by a look, five minutes later at most. */
  lostShare: number;
}

const DONE = { deletion: "Blue/green deployment deleted.", creation: "Blue/green deployment tasks completed." };

/** Whose time it was from the start of an execution to its end (milliseconds since 1970). @throws Error for a timeline without a recreation */
export function shareOf({ calls, events }: Timeline, { startedAt, endedAt }: { startedAt: number; endedAt?: number }): GuardShare {
  const deleted = the(calls, "DeleteBlueGreenDeployment");
  const gone = the(events, DONE.deletion);
  const created = the(calls, "CreateBlueGreenDeployment");
  const built = the(events, DONE.creation);
  const ended = endedAt ?? Number.NaN;
  const aws = { deletion: gone - deleted, creation: built - created };
  const guard = { beforeDeletion: deleted - startedAt, untilCreation: created - gone, untilOutcome: ended - built };
  const [awsAll, guardAll] = [aws, guard].map((parts) => Object.values(parts).reduce((sum, part) => sum + part, 0)) as [number, number];
  return {
    aws: inSeconds(aws),
    guard: inSeconds(guard),
    share: guardAll / awsAll,
    lostShare: (guardAll + 2 * WEEK.netSeconds * 1_000) / awsAll,
  };
}

function the(moments: readonly Moment[], beginning: string): number {
  const [found, ...others] = moments.filter(({ what }) => what.startsWith(beginning));
  if (!found || others.length > 0)
    throw new Error(`A recreation has one "${beginning}", not ${found ? others.length + 1 : 0}: nothing is measured by it.`);
  return found.at;
}

function inSeconds<T extends Record<string, number>>(parts: T): T {
  return Object.fromEntries(Object.entries(parts).map(([name, ms]) => [name, ms / 1_000])) as T;
}
