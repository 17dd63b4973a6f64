import type { Deployment } from "../deployments/deployment.ts";
import type { Looks } from "../facts/memory.ts";
import type { MemberStanding } from "./members.ts";

/** How a switchover stands, from its members; undefined if none was begun or it was rolled back. */
export type Ending = "switching-over" | "switched-over" | "partly-switched-over";

const SETTLES_AFTER_LOOKS = 3;
const SETTLES_AFTER_MS = 5 * 60_000;

/**
 * How the switchover of all members stands. It is in part as soon as a member FAILED, or has no target any more once RDS has completed the
 * others, or if RDS has ended and nothing has changed in three looks over five minutes.
 */
export function endingOf(
  deployment: Deployment,
  members: readonly MemberStanding[],
  looks: Looks | undefined,
  now: number,
): Ending | undefined {
  const { status } = deployment;
  // RDS may show it of a member before it shows it of the deployment.
  const isBegun = status === "AVAILABLE" && members.some((it) => it.status === "SWITCHOVER_IN_PROGRESS");
  const isRunning = status === "SWITCHOVER_IN_PROGRESS" || isBegun;
  const rest = members.filter(({ outcome }) => outcome !== "switched");
  const hasSwitched = rest.length < members.length;
  if (!hasSwitched && status !== "SWITCHOVER_COMPLETED") return isRunning ? "switching-over" : undefined;
  if (rest.length === 0) return isRunning ? "switching-over" : "switched-over";
  const isOver = rest.every(({ outcome }) => outcome === "failed" || outcome === "missing");
  if (hasSwitched && (rest.some(({ outcome }) => outcome === "failed") || (isOver && !isRunning))) return "partly-switched-over";
  return isSettled(looks, now) ? "partly-switched-over" : "switching-over";
}

/** The looks with this one; undefined while RDS still works, or nothing is left over. */
export function looksAfter(
  before: Looks | undefined,
  deployment: Deployment,
  members: readonly MemberStanding[],
  now: string,
): Looks | undefined {
  const { status } = deployment;
  const rest = members.filter(({ outcome }) => outcome !== "switched");
  const isBegun = rest.length < members.length || status === "SWITCHOVER_COMPLETED";
  if (status === "SWITCHOVER_IN_PROGRESS" || !isBegun || rest.length === 0) return undefined;
  const shows = JSON.stringify([status, members.map((it) => [it.name, it.status, it.outcome, it.source?.name, it.target?.name])]);
  if (before?.shows !== shows) return { shows, since: now, count: 1 };
  // More looks say nothing new, and would be written down every time.
  return before.count >= SETTLES_AFTER_LOOKS ? before : { ...before, count: before.count + 1 };
}

function isSettled(looks: Looks | undefined, now: number): boolean {
  return looks !== undefined && looks.count >= SETTLES_AFTER_LOOKS && now - Date.parse(looks.since) >= SETTLES_AFTER_MS;
}
