import { answerJson, ServiceError } from "../json-service.ts";
import type { EventBus, PutEventsEntry } from "./event-bus.ts";

const MOST_ENTRIES = 10;

/** Plays EventBridge's PutEvents over `bus`: the SDK's client works against it unchanged. */
export function answerPutEvents(bus: EventBus, request: Request): Promise<Response> {
  const PutEvents = ({ Entries }: Record<string, unknown>) => {
    const results = entriesOf(Entries, bus.name).map((entry) => bus.put(entry));
    return { FailedEntryCount: results.filter((it) => "ErrorCode" in it).length, Entries: results };
  };
  return answerJson({ PutEvents }, request);
}

function entriesOf(entries: unknown, bus: string): PutEventsEntry[] {
  const list = Array.isArray(entries) ? (entries as PutEventsEntry[]) : [];
  if (list.length < 1 || list.length > MOST_ENTRIES) {
    throw new ServiceError("ValidationException", `PutEvents takes 1 to ${MOST_ENTRIES} entries; received ${list.length}.`);
  }
  const other = list.find(({ EventBusName = "default" }) => EventBusName !== bus);
  if (other) throw new ServiceError("ResourceNotFoundException", `Event bus ${other.EventBusName ?? "default"} does not exist.`);
  return list;
}
