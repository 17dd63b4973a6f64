import type { Records } from "../../../src/clients/records.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";

/** Thrown if a request could not be handed to the deployed guard: the message says what follows from that, and `cause` why. */
export class NotHandedOverError extends Error {
  override readonly name = "NotHandedOverError";
}

/** Throws what could not be handed over as that; `error` is why. It did not begin only if that is written down. */
export async function notHandedOver(requestId: string, records: Pick<Records, "read">, error: unknown): Promise<never> {
  const request = await records.read<OperationRequest>(requestKey(requestId)).catch(() => undefined);
  const says = request?.outcome
    ? "It could not be handed to the deployed guard, so nothing was begun."
    : "It could not be handed to the deployed guard for certain: it may begin yet. See how it stands with: npx bluegreen-guard status";
  throw new NotHandedOverError(says, { cause: error });
}
