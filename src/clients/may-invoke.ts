import type { AwsCall } from "./aws-signed.ts";

/**
 * Creates what asks Lambda whether the caller may invoke a function, without invoking it; rejects with what AwsCall throws if not.
 *
 * Source: Lambda API, Invoke, invocation type "DryRun".
 */
export function createMayInvoke(name: string, call: AwsCall): () => Promise<void> {
  const headers = { "content-type": "application/json", "x-amz-invocation-type": "DryRun" };
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  return async () => {
    await call({ operation: "Invoke", path, headers, body: "{}" });
  };
}
