/** True for what Powertools throws of something that another run is doing just now. */
export function isInAnotherRun(error: unknown): boolean {
  return error instanceof Error && error.name === "IdempotencyAlreadyInProgressError";
}
