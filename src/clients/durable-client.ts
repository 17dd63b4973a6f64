import {
  DurableExecutionApiClient,
  type DurableExecutionClient,
  DurableExecutionClientError,
  DurableExecutionClientErrorScope,
} from "@aws/durable-execution-sdk-js";
import { isTransient } from "./transient.ts";

/**
 * Creates the transport of durable executions: Lambda's own, or `transport`, except that a stale checkpoint token, or what passes by itself, ends only
 * the invocation.
 *
 * Lambda then invokes the function again with a new token, and the execution continues. The SDK alone would end the execution as FAILED,
 * since it expects other words than the service sends: see docs/decisions/0015-a-stale-checkpoint-token.md, which says when this goes.
 */
export function createDurableClient(transport: DurableExecutionClient = new DurableExecutionApiClient()): DurableExecutionClient {
  return {
    getExecutionState: (request, logger) => transport.getExecutionState(request, logger),
    async checkpoint(request, logger) {
      try {
        return await transport.checkpoint(request, logger);
      } catch (error) {
        if (!(error instanceof Error) || !(isStaleToken(error) || isTransient(error))) throw error;
        throw new DurableExecutionClientError(error.message, { scope: DurableExecutionClientErrorScope.INVOCATION, cause: error });
      }
    },
  };
}

/** The service's words for a token that a newer invocation has replaced. Source: aws/aws-durable-execution-sdk-js#917. */
export const STALE_TOKEN = { name: "InvalidParameterValueException", message: "Invalid checkpoint token" } as const;

/** True for what Lambda answers to a token that is not the last one; in any case of its letters, since other SDKs have seen both. */
function isStaleToken({ name, message }: Error): boolean {
  return name === STALE_TOKEN.name && message.toLowerCase().startsWith(STALE_TOKEN.message.toLowerCase());
}
