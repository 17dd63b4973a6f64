import { answerJson, ServiceError } from "../json-service.ts";
import type { EventBus, PutEventsEntry } from "./event-bus.ts";

const MOST_ENTRIES = 10;

/** Plays EventBridge's PutEvents and DescribeEventBus over `bus`, the only one beside `default`: the SDK's client works against it unchanged. */
export function answerEvents(bus: EventBus, request: Request): Promise<Response> {
  const PutEvents = ({ Entries }: Record<string, unknown>) => {
    const results = entriesOf(Entries, bus).map((entry) => bus.put(entry));
    return { FailedEntryCount: results.filter((it) => "ErrorCode" in it).length, Entries: results };
  };
  return answerJson({ PutEvents, DescribeEventBus: ({ Name }) => describe(String(Name ?? "default"), bus) }, request);
}

/** Source: EventBridge API, DescribeEventBus; IAM User Guide, "Troubleshoot access denied error messages". */
function describe(name: string, bus: EventBus): object {
  const Arn = bus.arn.replace(/[^/]+$/, () => name);
  if (!bus.mayDescribe) {
    const what = `not authorized to perform: events:DescribeEventBus on resource: ${Arn}`;
    throw new ServiceError("AccessDeniedException", `The caller is ${what} because no identity-based policy allows it`);
  }
  if (name !== "default" && !isThere(name, bus)) throw noSuchBus(name);
  return { Name: name, Arn };
}

function entriesOf(entries: unknown, bus: EventBus): PutEventsEntry[] {
  const list = Array.isArray(entries) ? (entries as PutEventsEntry[]) : [];
  if (list.length < 1 || list.length > MOST_ENTRIES) {
    throw new ServiceError("ValidationException", `PutEvents takes 1 to ${MOST_ENTRIES} entries; received ${list.length}.`);
  }
  const other = list.find(({ EventBusName = "default" }) => !isThere(EventBusName, bus));
  if (other) throw noSuchBus(other.EventBusName ?? "default");
  return list;
}

const isThere = (name: string, { exists, name: own }: EventBus): boolean => exists && name === own;

const noSuchBus = (name: string): ServiceError => new ServiceError("ResourceNotFoundException", `Event bus ${name} does not exist.`);
