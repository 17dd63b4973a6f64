import type { Coded } from "../deployments/coded.ts";

/** Why events that RDS once sent of a deployment may be missing. */
export type EventsMissing = Coded<EventsMissed>;

/** The same, by code. */
export interface EventsMissed {
  /** It is older than RDS lists events. */
  "older-than-events": { id: string };
  /** RDS refused to list them, or did not answer. */
  "events-not-listed": { text: string };
}
