/** True for what Powertools throws about something that another run is doing right now. */
export function isInAnotherRun(error: unknown): boolean {
  return error instanceof Error && error.name === "IdempotencyAlreadyInProgressError";
}
