/** Thrown if the table refuses to keep a record for a reason that does not pass by itself. */
export class UnwritableRecordError extends Error {
  override readonly name = "UnwritableRecordError";
  readonly key: string;

  constructor(key: string, cause: Error) {
    super(`DynamoDB refuses to keep ${key} (${cause.name}: ${cause.message}). What becomes of it is not told until it does.`, { cause });
    this.key = key;
  }
}
