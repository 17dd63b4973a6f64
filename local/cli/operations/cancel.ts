import { requestIdOf } from "../../../src/operations/request.ts";
import { cancelRequest, openRequests } from "../../../src/operations/requests.ts";
import { underWay } from "./find.ts";
import { type Ended, follow } from "./follow.ts";
import type { Guard } from "./guard.ts";
import type { Place } from "./place.ts";
import { requesterOf } from "./recreate.ts";
import type { Terminal } from "./terminal.ts";

/** Has the operation on a deployment stop before its next change, and follows it until it has ended. */
export async function cancelOperation(typed: string, guard: Guard, place: Place, terminal: Terminal): Promise<Ended> {
  terminal.say([place.words, guard.words, ""].join("\n"));
  const running = underWay(await openRequests(guard.records), typed, place.now());
  if (!running) {
    terminal.say(`No operation on "${typed}" is under way: there is nothing to stop.`);
    return { outcome: "refused" };
  }
  const requestId = requestIdOf(running.key) ?? "";
  await cancelRequest(guard.records, requestId, requesterOf(place), place.now());
  terminal.say(`It stops before its next change to RDS. What RDS is doing by now, RDS goes on with.`);
  if (running.usedBy === undefined) return { outcome: "cancelled" };
  return follow(requestId, guard, place, terminal);
}
