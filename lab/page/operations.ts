import type { Records } from "../../src/clients/records.ts";
import { isHalfDone, type OperationNote, type OperationRequest, requestKey } from "../../src/operations/request.ts";

/** What the guard stores about one operation, as the page shows it. Times are ISO 8601. */
export interface OperationView
  extends Pick<
    OperationRequest,
    "operation" | "deploymentId" | "deploymentName" | "requestedBy" | "via" | "requestedAt" | "created" | "cancelled" | "outcome"
  > {
  requestId: string;
  /** The new deployment's name. */
  newName?: string;
  notes: readonly OperationNote[];
  resumed: readonly { by: string; at: string }[];
  /** True once an execution of the guard has taken the request. */
  begun: boolean;
  /** True if green was deleted, nothing was created in its place, and a person can resume it. */
  halfDone: boolean;
}

/** Reads the operations requested on the guard's bus; one that has ended finally is not read again. */
export class Operations {
  readonly #records: Pick<Records, "read">;
  readonly #requestIds: () => readonly string[];
  readonly #ended = new Map<string, OperationView>();

  constructor(records: Pick<Records, "read">, requestIds: () => readonly string[]) {
    this.#records = records;
    this.#requestIds = requestIds;
  }

  /** All operations, in the order requested; a request without a record does not count. */
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
