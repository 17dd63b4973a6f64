import type { Owner } from "../../../src/clients/executions.ts";
import type { Records } from "../../../src/clients/records.ts";
import type { Person } from "../../../src/deployments/person.ts";
import type { OperationName } from "../../../src/operations/index.ts";
import type { OperationRequest } from "../../../src/operations/request.ts";

/** The guard that does the work for a command: the deployed one, or this process. */
export interface Guard {
  /** Describes it, on one line of the plan. */
  words: string;
  /** Whether it is this process: everything under way in its folder then resumes with it, and stands still without it. */
  isHere: boolean;
  records: Records;
  /** ARN of the identity that creates, if it is known. */
  principal?: string;
  /** Why it does not begin anything new here, in sentences; undefined if it may. What is under way goes on all the same. */
  whyNotBegin(): Promise<string | undefined>;
  /** Starts the request; resolves once it is handed over. */
  begin(operation: OperationName, requestId: string): Promise<void>;
  /** Whether an execution may still change something, as far as this side knows. */
  isRunning(execution: string): Promise<boolean>;
  /** What is known of the execution that works for a request, as far as this side may ask. */
  ownerOf(execution: string): Promise<Owner>;
  /** Ends a request's operation by force, for a person who was shown `seen`; returns what is known of its execution then. */
  force(requestId: string, by: Person, seen: Owner["state"]): Promise<Owner>;
  /** Releases the database of a switchover that ended unclear, once a person has decided. */
  decide(requestId: string, by: Person): Promise<void>;
  /** Resumes what is under way. */
  goOn(): Promise<void>;
  /** Wakes the operation of a request that was cancelled; true if it waited, and so hears of it within ten seconds. */
  wake(request: OperationRequest): Promise<boolean>;
  /** Takes up what other processes want stopped. */
  hear(): Promise<void>;
  /** Resolves once this process has nothing left to do for a request that has ended. */
  ended(request: OperationRequest): Promise<void>;
  /** The command with which a person resumes a deployment's operation. */
  commandToGoOn(operation: OperationName, name: string): string;
  /** The command with which a person stops it. */
  commandToCancel(name: string): string;
  close(): Promise<void>;
}
