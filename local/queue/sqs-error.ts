/** The codes that the queue refuses with, each with its name on the JSON wire, its older name of the Query protocol, and its HTTP status. */
const CODES = {
  BatchEntryIdsNotDistinct: ["com.amazonaws.sqs#BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", 400],
  BatchRequestTooLong: ["com.amazonaws.sqs#BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong", 400],
  EmptyBatchRequest: ["com.amazonaws.sqs#EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest", 400],
  InvalidAttributeName: ["com.amazonaws.sqs#InvalidAttributeName", "InvalidAttributeName", 400],
  InvalidBatchEntryId: ["com.amazonaws.sqs#InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId", 400],
  InvalidMessageContents: ["com.amazonaws.sqs#InvalidMessageContents", "InvalidMessageContents", 400],
  InvalidParameterValue: ["com.amazon.coral.service#InvalidParameterValueException", "InvalidParameterValue", 400],
  MessageNotInflight: ["com.amazonaws.sqs#MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight", 400],
  MissingParameter: ["com.amazon.coral.service#MissingRequiredParameterException", "MissingParameter", 400],
  QueueDoesNotExist: ["com.amazonaws.sqs#QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue", 400],
  ReceiptHandleIsInvalid: ["com.amazonaws.sqs#ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", 404],
  SerializationException: ["com.amazon.coral.service#SerializationException", "MalformedInput", 400],
  TooManyEntriesInBatchRequest: [
    "com.amazonaws.sqs#TooManyEntriesInBatchRequest",
    "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
    400,
  ],
  UnknownOperationException: ["com.amazon.coral.service#UnknownOperationException", "InvalidAction", 400],
} as const;

/** A code that the queue refuses with. */
export type SqsErrorCode = keyof typeof CODES;

/** A refusal as SQS gives it. Source: SQS API reference, and the model in the AWS SDKs. */
export class SqsError extends Error {
  override readonly name = "SqsError";
  readonly code: SqsErrorCode;
  /** The name on the JSON wire. */
  readonly type: string;
  /** The name of the older Query protocol, which the AWS CLI and several SDKs still show. */
  readonly queryCode: string;
  /** HTTP status. */
  readonly status: number;

  constructor(code: SqsErrorCode, message: string) {
    super(message);
    this.code = code;
    [this.type, this.queryCode, this.status] = CODES[code];
  }
}

/** A parameter whose value SQS does not take. */
export function invalidValue(parameter: string, value: unknown, reason: string): SqsError {
  return new SqsError("InvalidParameterValue", `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}
