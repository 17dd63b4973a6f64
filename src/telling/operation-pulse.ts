import { isSame } from "../facts/hash-of.ts";
import { deploymentKey } from "../facts/record.ts";
import { amendRecord } from "../operations/amend-record.ts";
import { type OperationRequest, requestIdOf } from "../operations/request.ts";
import type { Shown } from "../operations/says/shown.ts";
import { type TellOperationDependencies, tellNow } from "./tell-operation.ts";

/** How long the card of a waiting operation is left alone, except for what the operation itself says. */
const CARD_REST_MS = 60_000;

/** Creates the function that updates a card while its operation waits, with what moves, at most once a minute. */
export function createOperationPulse(dependencies: TellOperationDependencies) {
  const { records, time } = dependencies;
  const checkedAt = new Map<string, number>();
  return async ({ deploymentId, key: requestKey }: OperationRequest, shows: Shown | undefined): Promise<void> => {
    const key = deploymentKey(deploymentId);
    const now = time.now();
    if (now - (checkedAt.get(requestKey) ?? 0) < CARD_REST_MS) return;
    checkedAt.set(requestKey, now);
    const shownAt = new Date(now).toISOString();
    const changed = await amendRecord(records, key, (record) => {
      const { operation } = record;
      if (!operation || operation.requestId !== requestIdOf(requestKey) || isSame(operation.shows, shows)) return record;
      if (now - Date.parse(operation.shownAt ?? operation.since) < CARD_REST_MS) return record;
      return { ...record, operation: { ...operation, shows, shownAt }, refresh: true };
    });
    if (changed.operation?.shownAt !== shownAt && !changed.refresh) return;
    // The operation has just looked at RDS itself, and the card is not about that.
    const look = changed.gone ? { left: changed.left } : { view: changed.seen };
    await tellNow(key, { requestId: requestIdOf(requestKey) }, dependencies, { record: changed, look });
  };
}
