import type { EventsMissed, EventsMissing } from "../../standing/events-missing.ts";
import { type Form, say, type Words } from "../form.ts";

const EVENTS_MISSED: Words<EventsMissed> = {
  "older-than-events": ({ id }, as) =>
    `Deployment ${as.text(id, 60)} is older than the 14 days for which RDS lists events: what they said of replication is not known.`,
  "events-not-listed": ({ text }, as) => `RDS did not list its events (${as.text(text)}): whether replication is degraded is not known.`,
};

/** Why events may be missing. */
export const eventsMissing = (it: EventsMissing, as: Form): string => say(EVENTS_MISSED, it, as);

/** True for such a reason among others. */
export const isEventsMissing = (it: { code: string }): it is EventsMissing => Object.hasOwn(EVENTS_MISSED, it.code);
