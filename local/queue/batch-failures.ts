import type { SQSBatchResponse } from "aws-lambda";

/**
 * The ids of the messages of a batch that its handler reports as failed; no answer and an empty list mean none.
 *
 * Source: Lambda developer guide, "Implementing partial batch responses".
 *
 * @throws Error where the answer names anything but a message of the batch, upon which Lambda takes the whole batch as failed.
 */
export function failuresOf(response: SQSBatchResponse | null | undefined, messageIds: readonly string[]): Set<string> {
  const failures = response?.batchItemFailures ?? [];
  const stranger = failures.find((it) => !messageIds.includes(it?.itemIdentifier));
  if (stranger !== undefined) {
    throw new Error(
      `The handler reported ${JSON.stringify(stranger)} as failed, which is no message of its batch, so the whole batch counts as failed. Report {itemIdentifier: messageId}.`,
    );
  }
  return new Set(failures.map((it) => it.itemIdentifier));
}
