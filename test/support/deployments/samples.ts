import { KNOWN_EVENTS } from "../../../src/events/event-ids.ts";
import type { RdsEvent } from "../../../src/events/rds-event.ts";
import type { rules } from "../../../src/rules/index.ts";
import { event, first } from "./upgrade.ts";

/** What RDS says where no event id has a text, by the rule's id. */
export const TEXTS: Record<string, string> = {
  "replication-degraded": "Replication has been degraded.",
  "binary-log-coordinates": "Binary log coordinates in green environment after switchover: file mysql-bin.000003 and position 40134574",
  "connections-terminated": "Starting to terminate connections and user processes in the blue environment at 2026-08-19T09:10:13Z.",
  "green-accepts": "The green environment is now accepting connections.",
  "other-deployment-event": "Words that AWS has never used before",
};

/** AWS's own text for a rule, from its source. */
export function sample({ id, sources, eventIds }: (typeof rules)[number]): RdsEvent {
  const [eventId] = eventIds;
  const message = TEXTS[id] ?? (eventId && KNOWN_EVENTS[eventId].message) ?? "";
  const sourceType = sources[0] ?? "db-instance";
  return event({ sourceType, sourceIdentifier: sourceType === "blue-green-deployment" ? first().id : "db-cluster", message, eventId });
}
