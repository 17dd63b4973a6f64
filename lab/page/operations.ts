import type { Records } from "../../src/clients/records.ts";
import { logged, type Person } from "../../src/deployments/person.ts";
import * as words from "../../src/messages/language.ts";
import { inTerminal } from "../../src/messages/terminal/form.ts";
import type { OperationResult, OperationStep } from "../../src/operations/operation.ts";
import { isHalfDone, type OperationRequest, requestKey } from "../../src/operations/request.ts";

/** What the guard stores about one operation, as the page shows it. Times are ISO 8601. */
export interface OperationView
  extends Pick<OperationRequest, "operation" | "deploymentId" | "deploymentName" | "via" | "requestedAt" | "created"> {
  requestId: string;
  requestedBy: string;
  cancelled?: { by: string; at: string };
  outcome?: { result: OperationResult; text: string; at: string };
  /** The new deployment's name. */
  newName?: string;
  notes: readonly { step: OperationStep; text: string; at: string; run: number }[];
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
    requestedBy: logged(requestedBy),
    via,
    requestedAt,
    created,
    cancelled: cancelled && whoAt(cancelled),
    outcome: outcome && { result: outcome.result, text: words.saidWords(outcome.said, inTerminal), at: outcome.at },
    notes: notes.map(({ said, ...note }) => ({ ...note, text: words.saidWords(said, inTerminal) })),
    resumed: resumed.map(whoAt),
    begun: usedBy !== undefined,
    halfDone: isHalfDone(request),
  };
}

const whoAt = ({ by, at }: { by: Person; at: string }): { by: string; at: string } => ({ by: logged(by), at });
