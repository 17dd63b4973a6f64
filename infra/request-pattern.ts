/** The source of everything on the guard's bus, as the functions write it. */
export const BUS_SOURCE = "bluegreen-guard";

/** What the events are called that begin an operation, as the functions write them. */
export const REQUESTED = { recreate: "Recreate Requested", switchover: "Switchover Requested" } as const;
