import type { Reading } from "../rules/rule.ts";
import type { Deployment } from "./deployment.ts";
import { earliestListed } from "./event-window.ts";

/** Whether replication to green is degraded, from DescribeEvents and the deployment's status; no API field says it directly. */
export type Degradation =
  | {
      state: "degraded";
      /** When it was last reported, ISO 8601. */
      lastAt: string;
      /** The report itself: an event's text, or the status. */
      text: string;
    }
  | { state: "not-seen" }
  /** RDS keeps events for 14 days, so a missing event says nothing about an older deployment. */
  | { state: "unknown"; reason: string };

/** A report about a deployment. */
interface Said {
  /** ISO 8601. */
  at: string;
  reading: Reading;
}

/** The reports of degraded replication, oldest first; those before `createTime` were about another deployment on the same blue. */
export function sayingDegraded<T extends Said>(said: readonly T[], createTime: string | undefined): T[] {
  const since = createTime ? Date.parse(createTime) : 0;
  return said.filter(({ at, reading }) => reading.degraded && Date.parse(at) >= since).sort((a, b) => a.at.localeCompare(b.at));
}

/** True for the status in which RDS refuses to switch over, as it does when replication is degraded. */
export const isInvalid = ({ status }: Pick<Deployment, "status">): boolean => status === "INVALID_CONFIGURATION";

/** Whether the deployment is degraded, from its status and all its events that RDS lists at `now` (milliseconds since 1970). */
export function degradationBy(deployment: Deployment, listed: readonly (Said & { text: string })[], now: number): Degradation {
  const { id, statusDetails, createTime } = deployment;
  const last = sayingDegraded(listed, createTime).at(-1);
  if (last) return { state: "degraded", lastAt: last.at, text: last.text };
  if (isInvalid(deployment)) {
    return { state: "degraded", lastAt: createTime ?? "", text: `The status is INVALID_CONFIGURATION. ${statusDetails ?? ""}`.trim() };
  }
  if (Date.parse(createTime ?? "") >= earliestListed(now)) return { state: "not-seen" };
  return {
    state: "unknown",
    reason: `Deployment ${id} is older than the 14 days for which RDS lists events: they cannot confirm that it is degraded.`,
  };
}

/** The answer if RDS did not list the events, with the reason. */
export function unlisted(reason: string): Degradation {
  return { state: "unknown", reason: `RDS did not list its events (${reason}): whether it is degraded is not known.` };
}
