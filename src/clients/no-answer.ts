/**
 * Thrown if what came with HTTP 200 is no answer of AWS's: nothing, a page of whoever answers in its place, or an answer without what the
 * service always says.
 */
export class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
  readonly $metadata = { httpStatusCode: 200 };

  constructor(service: string, operation: string, came: string) {
    super(`What answered in the place of ${service} to ${operation} is no answer of AWS's: HTTP 200, ${came}.`);
  }
}

const SHOWN = 100;

/** What came, in words: its kind, its length and how it begins. */
export function cameWords(type: string | undefined, body: string): string {
  if (body.trim() === "") return "and nothing in it";
  return `${type ?? "of no stated type"}, ${body.length} characters that begin with ${JSON.stringify(body.trim().slice(0, SHOWN))}`;
}
