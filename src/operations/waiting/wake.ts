import type { Executions } from "../../clients/executions.ts";
import type { Records } from "../../clients/records.ts";
import type { DeploymentRecord } from "../../facts/record.ts";
import { type OperationRequest, requestKey } from "../request.ts";
import { amendRequest, undefinedIfMissing } from "../requests.ts";

/** What registering a wait needs of the records. */
export type WaitRecords = Pick<Records, "read" | "write">;

/**
 * Writes the callback by which a wait can be woken into the request, and returns the request as it is from then on; undefined if it is lost.
 *
 * One write decides: what somebody wrote before it is in the request that is returned, and who writes after it finds the callback.
 */
export async function registerWait(
  requestId: string,
  callback: string | undefined,
  records: WaitRecords,
): Promise<OperationRequest | undefined> {
  const register = (it: OperationRequest) => (callback === undefined || it.callback === callback ? it : { ...it, callback });
  return amendRequest(records, requestId, register).catch(undefinedIfMissing);
}

/**
 * Wakes the wait of an operation, so that it looks at once; true if it waited, and so hears within ten seconds of what was done.
 *
 * Never throws: who is not woken looks within five minutes by itself.
 */
export async function wake(
  request: Pick<OperationRequest, "callback" | "outcome"> | undefined,
  executions: Pick<Executions, "wake"> | undefined,
): Promise<boolean> {
  if (!executions || request?.callback === undefined || request.outcome) return false;
  return executions.wake(request.callback).catch(() => false);
}

/** Wakes operations for the events of their deployments; keeps none of its promises from resolving. */
export interface Wakes {
  /** Wakes the operation that is at work on the deployment of a record, if one is; its request is read from `from`. */
  byRecord(record: Pick<DeploymentRecord, "operation"> | undefined, from?: Pick<Records, "read">): void;
  byRequest(request: OperationRequest | undefined): void;
  /** Resolves once all that were to be woken are. */
  done(): Promise<unknown>;
}

/** Creates what wakes operations in one run; a wait that this process has woken already is not woken again. */
export function createWakes({ records, executions }: WakeDependencies): Wakes {
  const under: Promise<unknown>[] = [];
  const asked = new Set<string>();
  const byRequest = async (request: OperationRequest | undefined) => {
    // What a person ends by force is stopped by the sweep.
    if (!request?.callback || request.forced || WOKEN.has(request.callback)) return;
    remember(request.callback);
    // Who could not be woken may be by the next event.
    if (!(await wake(request, executions))) WOKEN.delete(request.callback);
  };
  return {
    byRecord(record, from = records) {
      const { requestId, failed } = record?.operation ?? {};
      if (!executions || requestId === undefined || failed !== undefined || asked.has(requestId)) return;
      asked.add(requestId);
      const read = () => from.read<OperationRequest>(requestKey(requestId));
      under.push(read().then(byRequest, () => undefined));
    },
    byRequest: (request) => void under.push(byRequest(request)),
    done: () => Promise.all(under),
  };
}

/** What waking needs from the outside. */
export interface WakeDependencies {
  records: Pick<Records, "read">;
  /** Absent if the guard has no operations. */
  executions?: Pick<Executions, "wake">;
}

const MOST_KEPT = 1_000;
const WOKEN = new Set<string>();

function remember(callback: string): void {
  if (WOKEN.size >= MOST_KEPT) WOKEN.clear();
  WOKEN.add(callback);
}
