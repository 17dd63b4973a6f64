/** The source of everything on the guard's bus, as the functions write it. */
export const BUS_SOURCE = "bluegreen-guard";

/** What the event is called that begins a recreation, as the functions write it. */
export const RECREATE_REQUESTED = "Recreate Requested";
