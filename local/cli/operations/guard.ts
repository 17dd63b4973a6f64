import type { Records } from "../../../src/clients/records.ts";
import type { OperationName } from "../../../src/operations/index.ts";
import type { OperationRequest } from "../../../src/operations/request.ts";

/** Who does the work that a command asks for. */
export interface Guard {
  /** Who that is, on one line of the plan. */
  words: string;
  /** Whether it is this process: then all that is under way in its folder goes on with it, and stands still without it. */
  isHere: boolean;
  records: Records;
  /** ARN of whoever creates, where it is known. */
  principal?: string;
  /** Has the request begun; resolves once it is handed over. */
  begin(operation: OperationName, requestId: string): Promise<void>;
  /** Whether an execution may still change something, as far as that is known here. */
  isRunning(execution: string): Promise<boolean>;
  /** Has what is under way go on. */
  goOn(): Promise<void>;
  /** Takes up what another process wants stopped. */
  hear(): Promise<void>;
  /** Resolves once nothing more is done for a request that has ended, as far as this process does it. */
  ended(request: OperationRequest): Promise<void>;
  /** How a person goes on with a deployment's operation. */
  commandToGoOn(operation: OperationName, name: string): string;
  /** How a person stops it. */
  commandToCancel(name: string): string;
  close(): Promise<void>;
}
