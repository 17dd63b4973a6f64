/** An event pattern that EventBridge would refuse; the message says where, what stood there and what may stand there. */
export class InvalidEventPatternError extends Error {
  override readonly name = "InvalidEventPatternError";

  constructor(path: string, problem: string, received?: unknown) {
    const shown = received === undefined ? "" : ` Received: ${JSON.stringify(received)}.`;
    super(`EventBridge would refuse this event pattern: ${path === "" ? "the pattern" : `"${path}"`} ${problem}.${shown}`);
  }
}
