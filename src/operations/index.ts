import type { Operation } from "./operation.ts";
import { recreate } from "./recreate/operation.ts";
import { switchover } from "./switchover/operation.ts";

/** Everything that the guard does for people, one line each. */
export const OPERATIONS = { recreate, switchover } satisfies Record<string, Operation>;

/** What an operation is called in records, events, commands and buttons. */
export type OperationName = keyof typeof OPERATIONS;

/** All names, in the order of the list. */
export const OPERATION_NAMES = Object.keys(OPERATIONS) as [OperationName, ...OperationName[]];

/** True for the name of an operation. */
export const isOperationName = (name: string): name is OperationName => Object.hasOwn(OPERATIONS, name);

/** What the list says about an operation. */
export const operationOf = (name: OperationName): Operation => OPERATIONS[name];
