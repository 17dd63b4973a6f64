import type { RdsChanges } from "../clients/rds/changes.ts";

/**
 * What the list says about one operation, for everything that names operations: the card, Slack, the terminal, the bus and the stack.
 *
 * Code that needs more than this has its own table over `OperationName`, so that a new operation does not compile until each table has
 * an entry: see docs/decisions/0013-one-list-of-operations.md.
 */
export interface Operation {
  /** The only calls by which it changes anything in RDS. */
  changes: readonly (keyof RdsChanges)[];
  /** The steps that a card counts, in order. */
  steps: readonly OperationStep[];
  /** The prefix of its steps' signals; RDS's events and looks at the API have signals of their own. */
  signals: string;
  /** True if it deletes the deployment and creates another one in its place. */
  replaces: boolean;
  /** How many seconds RDS is given, if a person can set that. */
  timeout?: { least: number; most: number; leftOut: number };
}

/**
 * How an operation ends: only `done` finished; `refused` changed nothing; `cancelled` was stopped by a person or is a switchover that RDS
 * stopped and rolled back; `partly` is a switchover of some members and not of all; `unclear` needs a person to find out.
 */
export type OperationResult = "done" | "partly" | "refused" | "failed" | "cancelled" | "unclear";

/** Where an operation stands: recorded once per run, except for steps that can repeat and say something else. */
export type OperationStep =
  | "late"
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
