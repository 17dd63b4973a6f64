import type { Reading } from "../rules/rule.ts";
import type { Deployment } from "./deployment.ts";

/** Whether replication to green is degraded, as DescribeEvents and the deployment's status say; no field of the API says it outright. */
export type Degradation =
  | {
      state: "degraded";
      /** ISO 8601: when it was last said. */
      lastAt: string;
      /** What said it: an event's text, or the status. */
      text: string;
    }
  | { state: "not-seen" }
  /** Events are kept for 14 days: of an older deployment nothing that is not listed is known. */
  | { state: "unknown"; reason: string };

/** Something that was said of a deployment. */
interface Said {
  /** ISO 8601. */
  at: string;
  reading: Reading;
}

/** What says that replication to green is degraded, oldest first; before `createTime` it was said of another deployment on the same blue. */
export function sayingDegraded<T extends Said>(said: readonly T[], createTime: string | undefined): T[] {
  const since = createTime ? Date.parse(createTime) : 0;
  return said.filter(({ at, reading }) => reading.degraded && Date.parse(at) >= since).sort((a, b) => a.at.localeCompare(b.at));
}

/** True for the status in which RDS switches over no more, as it does not where replication is degraded. */
export const isInvalid = ({ status }: Pick<Deployment, "status">): boolean => status === "INVALID_CONFIGURATION";

/** How long RDS lists an event, in milliseconds. Source: RDS API, DescribeEvents. */
export const EVENTS_KEPT_MS = 14 * 24 * 3_600_000;

/** Whether it is degraded, by the texts of all events that RDS lists of it at `now` (milliseconds since 1970) and by its status. */
export function degradationBy(deployment: Deployment, listed: readonly (Said & { text: string })[], now: number): Degradation {
  const { id, statusDetails, createTime } = deployment;
  const last = sayingDegraded(listed, createTime).at(-1);
  if (last) return { state: "degraded", lastAt: last.at, text: last.text };
  if (isInvalid(deployment)) {
    return { state: "degraded", lastAt: createTime ?? "", text: `The status is INVALID_CONFIGURATION. ${statusDetails ?? ""}`.trim() };
  }
  if (Date.parse(createTime ?? "") >= now - EVENTS_KEPT_MS) return { state: "not-seen" };
  return {
    state: "unknown",
    reason: `Deployment ${id} is older than the 14 days for which RDS lists events: they cannot confirm that it is degraded.`,
  };
}

/** What is known where RDS did not list its events, and why it did not. */
export function unlisted(reason: string): Degradation {
  return { state: "unknown", reason: `RDS did not list its events (${reason}): whether it is degraded is not known.` };
}
