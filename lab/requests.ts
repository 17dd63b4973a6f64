import type { Clock } from "../local/clock.ts";
import type { BusEvent, EventBus } from "../local/event-bridge/event-bus.ts";
import type { Requested } from "../local/operations.ts";
import { BUS_SOURCE, REQUESTED } from "../src/clients/bus.ts";
import { OPERATION_NAMES } from "../src/operations/index.ts";

const AGAIN_AFTER_MS = 60_000;
const TRIES = 1_440;

/** Passes requests for operations from the bus to the guard, as EventBridge does: retries for a day if the guard is not running. */
export function deliverRequests(bus: EventBus, clock: Clock, begin: (requested: Requested) => Promise<void>): () => void {
  async function deliver(requested: Requested): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      try {
        return await begin(requested);
      } catch {
        await clock.until(clock.now() + AGAIN_AFTER_MS);
      }
    }
  }
  return bus.onEvent((event) => {
    const operation = OPERATION_NAMES.find((it) => isRequest(event, [REQUESTED[it]]));
    if (operation) void clock.work(() => deliver({ operation, requestId: event.detail["requestId"] as string }));
  });
}

/** The ids of all requests on the bus, oldest first, including forged and repeated ones. */
export function requestIdsOn(bus: EventBus): string[] {
  return bus.events.filter((event) => isRequest(event, Object.values(REQUESTED))).map(({ detail }) => String(detail["requestId"]));
}

const isRequest = (event: BusEvent, types: readonly string[]): boolean =>
  event.source === BUS_SOURCE && types.includes(event["detail-type"]);
