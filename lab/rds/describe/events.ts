import { type DescribeEventsMessage, type EventsMessage, SourceType } from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import { invalidCombination, invalidValue } from "../errors.ts";
import type { EventSourceType } from "../event-ids.ts";
import type { LabEvent } from "../events.ts";
import { paged } from "./paging.ts";

const MINUTE = 60_000;
const KEPT = 14 * 24 * 60 * MINUTE;
const DEFAULT_MINUTES = 60;

const API_WORDS: Record<EventSourceType, SourceType> = {
  BLUE_GREEN_DEPLOYMENT: "blue-green-deployment",
  CLUSTER: "db-cluster",
  DB_INSTANCE: "db-instance",
};

/**
 * DescribeEvents: the last hour if no time is given, never more than 14 days back; rows have neither EventID nor tags.
 *
 * Source: RDS API reference, DescribeEvents, where Duration is 60 minutes unless it is given: so a StartTime without EndTime finds the hour
 * that follows it. That StartTime may not be 14 days ago was measured on an account on 2026-08-19. An event whose category is `"empty"` on
 * the bus has no category here (not verified).
 *
 * @throws RdsError InvalidParameterCombination, InvalidParameterValue.
 */
export function describeEvents(control: ControlPlane, request: DescribeEventsMessage): EventsMessage {
  const now = control.clock.now();
  check(request, now);
  const { from, to } = period(request, now);
  const found = control.events.history
    .map((event, index) => ({ event, key: `${event.date}#${String(index).padStart(9, "0")}` }))
    .filter(({ event }) => Date.parse(event.date) >= from && Date.parse(event.date) <= to && matches(event, request));
  const { page, Marker } = paged(found, ({ key }) => key, request);
  return { Events: page.map(({ event }) => row(event)), Marker };
}

function check({ SourceIdentifier, SourceType: type, StartTime, EndTime, Duration }: DescribeEventsMessage, now: number): void {
  if (SourceIdentifier !== undefined && type === undefined) {
    throw invalidCombination("SourceType must be supplied when SourceIdentifier is supplied.");
  }
  const known: readonly string[] = Object.values(SourceType);
  if (type !== undefined && !known.includes(type)) {
    throw invalidValue(`Invalid source type: ${type}. Valid values: ${known.join(", ")}`);
  }
  if (Duration !== undefined && (StartTime !== undefined || EndTime !== undefined)) {
    throw invalidCombination("Duration cannot be combined with StartTime or EndTime.");
  }
  if (StartTime !== undefined && EndTime !== undefined && StartTime > EndTime) {
    throw invalidCombination(`EndTime ${EndTime.toISOString()} must be after StartTime ${StartTime.toISOString()}.`);
  }
  if (StartTime !== undefined && StartTime.getTime() <= now - KEPT) {
    throw invalidCombination("Events occurring more than 14 days in the past are not available.");
  }
}

function period({ StartTime, EndTime, Duration }: DescribeEventsMessage, now: number): { from: number; to: number } {
  const length = (Duration ?? DEFAULT_MINUTES) * MINUTE;
  const to = EndTime?.getTime() ?? (StartTime ? StartTime.getTime() + length : Number.POSITIVE_INFINITY);
  const from = StartTime?.getTime() ?? Math.min(to, now) - length;
  return { from: Math.max(from, now - KEPT), to };
}

function matches(event: LabEvent, { SourceType: type, SourceIdentifier, EventCategories = [] }: DescribeEventsMessage): boolean {
  if (type !== undefined && API_WORDS[event.sourceType] !== type) return false;
  if (SourceIdentifier !== undefined && event.sourceIdentifier.toLowerCase() !== SourceIdentifier.toLowerCase()) return false;
  return EventCategories.length === 0 || event.categories.some((category) => EventCategories.includes(category));
}

function row(event: LabEvent) {
  return {
    SourceIdentifier: event.sourceIdentifier,
    SourceType: API_WORDS[event.sourceType],
    SourceArn: event.sourceArn,
    Message: event.message,
    EventCategories: event.categories,
    Date: new Date(event.date),
  };
}
