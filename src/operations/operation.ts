import type { RdsChanges } from "../clients/rds/changes.ts";

/**
 * What the list says of one operation, for everybody who names operations: the card, Slack, the terminal, the bus and the stack.
 *
 * What needs more of an operation than this has a table of its own over `OperationName`, so that a new line does not compile until each
 * has an entry: see docs/decisions/0013-one-list-of-operations.md.
 */
export interface Operation {
  /** What it is called in a sentence: "a recreation". */
  noun: string;
  /** What a card says that the guard is at: "Recreating". */
  doing: string;
  /** What a person has done by it: "wants to delete and recreate orders". */
  verb: string;
  /** The only calls with which it changes anything in RDS. */
  changes: readonly (keyof RdsChanges)[];
  /** The steps that a card counts, in their order. */
  steps: readonly OperationStep[];
  /** What the signals of its steps begin with; RDS's events and looks at the API have signals of their own. */
  signals: string;
  /** True where it deletes the deployment and creates another one in its place. */
  replaces: boolean;
  /** How many seconds RDS is given, where a person may say so. */
  timeout?: { least: number; most: number; leftOut: number };
}

/**
 * How an operation ends: only `done` did all; `refused` changed nothing; `cancelled` was stopped by a person, or a switchover by RDS, which then
 * rolled everything back; of `unclear` a person has to find out.
 */
export type OperationResult = "done" | "refused" | "failed" | "cancelled" | "unclear";

/** Where an operation stands: each is written down once in a run. */
export type OperationStep =
  | "asking"
  | "announced"
  | "started"
  | "deleting"
  | "creating"
  | "waiting"
  | "building"
  | "switching"
  | "reported"
  | "stuck"
  | OperationResult;
