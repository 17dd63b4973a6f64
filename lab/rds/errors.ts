import type { StaticErrorSchema } from "@smithy/types";

/** An error that the lab answers with: AWS's code, HTTP status and a message. */
export class RdsError extends Error {
  override readonly name = "RdsError";
  readonly code: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** A fault of the RDS API, with the code and status that the SDK's schema of it names. */
export function fault(schema: StaticErrorSchema, message: string): RdsError {
  const traits = schema[3];
  const query: unknown = typeof traits === "object" ? traits.awsQueryError : undefined;
  const [code, status]: unknown[] = Array.isArray(query) ? query : [];
  return new RdsError(typeof code === "string" ? code : schema[2], message, typeof status === "number" ? status : 400);
}

/** A value that AWS does not accept. Source: RDS API reference, Common Errors. */
export function invalidValue(message: string): RdsError {
  return new RdsError("InvalidParameterValue", message);
}

/** Parameters that do not go together. Source: RDS API reference, Common Errors. */
export function invalidCombination(message: string): RdsError {
  return new RdsError("InvalidParameterCombination", message);
}
