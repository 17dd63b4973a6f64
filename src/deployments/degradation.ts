import type { Reading } from "../rules/rule.ts";
import type { Deployment } from "./deployment.ts";
import { earliestListed } from "./event-window.ts";

/** Whether an event in DescribeEvents says that replication to green is degraded: the policy deletes on nothing else. */
export type Degradation =
  | {
      state: "degraded";
      /** When it was last reported, ISO 8601. */
      lastAt: string;
      /** The event's text. */
      text: string;
    }
  | { state: "not-seen" }
  /** RDS keeps events for 14 days, so a missing event says nothing about an older deployment. */
  | { state: "unknown" };

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

/** True for the status of a deployment whose creation failed, or that RDS cannot switch over as it is configured; it is not degraded. */
export const isInvalid = ({ status }: Pick<Deployment, "status">): boolean => status === "INVALID_CONFIGURATION";

/** Whether the deployment is degraded, from all its events that RDS lists at `now` (milliseconds since 1970). */
export function degradationBy(deployment: Deployment, listed: readonly (Said & { text: string })[], now: number): Degradation {
  const { createTime } = deployment;
  const last = sayingDegraded(listed, createTime).at(-1);
  if (last) return { state: "degraded", lastAt: last.at, text: last.text };
  if (Date.parse(createTime ?? "") >= earliestListed(now)) return { state: "not-seen" };
  return { state: "unknown" };
}
