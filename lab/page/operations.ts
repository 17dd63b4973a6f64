import type { Records } from "../../src/clients/records.ts";
import { isHalfDone, type OperationNote, type OperationRequest, requestKey } from "../../src/operations/request.ts";

/** What the guard keeps of one operation, as the page shows it. Times are ISO 8601. */
export interface OperationView
  extends Pick<
    OperationRequest,
    "operation" | "deploymentId" | "deploymentName" | "requestedBy" | "via" | "requestedAt" | "created" | "cancelled" | "outcome"
  > {
  requestId: string;
  /** What the new deployment is called. */
  newName?: string;
  notes: readonly OperationNote[];
  resumed: readonly { by: string; at: string }[];
  /** True once an execution of the guard has taken the request. */
  begun: boolean;
  /** True where green was deleted, nothing was created in its place, and a person can have it go on. */
  halfDone: boolean;
}

/** Reads the operations that were asked for on the guard's bus; what has ended for good is not read again. */
export class Operations {
  readonly #records: Pick<Records, "read">;
  readonly #requestIds: () => readonly string[];
  readonly #ended = new Map<string, OperationView>();

  constructor(records: Pick<Records, "read">, requestIds: () => readonly string[]) {
    this.#records = records;
    this.#requestIds = requestIds;
  }

  /** All of them, in the order in which they were asked for; a request that nobody wrote down is none. */
  async look(): Promise<OperationView[]> {
    const views = await Promise.all([...new Set(this.#requestIds())].map((id) => this.#ended.get(id) ?? this.#read(id)));
    return views.filter((it) => it !== undefined);
  }

  async #read(id: string): Promise<OperationView | undefined> {
    const request = await this.#records.read<OperationRequest>(requestKey(id));
    if (!request) return undefined;
    const view = operationView(id, request);
    if (view.outcome && !view.halfDone) this.#ended.set(id, view);
    return view;
  }
}

function operationView(requestId: string, request: OperationRequest): OperationView {
  const { operation, deploymentId, deploymentName, requestedBy, via, requestedAt, created, cancelled, outcome } = request;
  const { notes = [], resumed = [], intent, usedBy } = request;
  return {
    requestId,
    operation,
    deploymentId,
    deploymentName,
    newName: intent?.create.BlueGreenDeploymentName,
    requestedBy,
    via,
    requestedAt,
    created,
    cancelled,
    outcome,
    notes,
    resumed,
    begun: usedBy !== undefined,
    halfDone: isHalfDone(request),
  };
}
