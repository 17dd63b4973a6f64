import type { OperationName } from "../operations/index.ts";

/** The source of everything on the guard's bus. */
export const BUS_SOURCE = "bluegreen-guard";

/** The detail types of the events that start an operation. */
export const REQUESTED = { recreate: "Recreate Requested", switchover: "Switchover Requested" } as const satisfies Record<
  OperationName,
  string
>;

/** Name of the table's index of open items: partition key `open`, sort key `rank`, keys only. */
export const OPEN_INDEX = "open";
