import { deploymentKey } from "../facts/record.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { operationStanding } from "../operations/read/under-way.ts";
import { type OperationRequest, requestIdOf } from "../operations/request.ts";
import { type TellOperationDependencies, tellNow } from "./tell-operation.ts";

/** How long the card of a waiting operation is left alone, except for what the operation itself says. */
const CARD_REST_MS = 60_000;

/** When this process last checked whether a card is out of date (milliseconds since 1970), by the key of the operation's request. */
export type Pulsed = Map<string, number>;

/** Creates the function that updates a card while its operation waits, with what moves and for how long, at most once a minute. */
export function createOperationPulse(dependencies: TellOperationDependencies, pulsed: Pulsed) {
  const { records, time } = dependencies;
  return async ({ deploymentId, created, key: requestKey }: OperationRequest, moves: string | undefined): Promise<void> => {
    // The card of the new deployment shows its own tasks and databases.
    const shows = created === undefined ? moves : undefined;
    const key = deploymentKey(created ?? deploymentId);
    const now = time.now();
    if (now - (pulsed.get(requestKey) ?? 0) < CARD_REST_MS) return;
    pulsed.set(requestKey, now);
    const changed = await amendRecord(records, key, (record) => {
      const { operation } = record;
      if (!operation || operation.requestId !== requestIdOf(requestKey) || record.continuedBy !== undefined) return record;
      const shownAt = Date.parse(operation.shownAt ?? operation.since);
      if (now - shownAt < CARD_REST_MS) return record;
      const before = operationStanding(operation, shownAt);
      const after = operationStanding({ ...operation, shows }, now);
      if (before.elapsedMs === after.elapsedMs && before.shows === after.shows) return record;
      return { ...record, operation: { ...operation, shows, shownAt: new Date(now).toISOString() }, refresh: true };
    });
    if (changed.operation?.shownAt !== new Date(now).toISOString() && !changed.refresh) return;
    // The operation has just looked at RDS itself, and the card is not about that.
    const look = changed.gone ? { left: changed.left } : { view: changed.seen };
    await tellNow(key, { requestId: requestIdOf(requestKey) }, dependencies, {
      record: changed,
      news: { look, fold: (it) => it, record: changed },
    });
  };
}
