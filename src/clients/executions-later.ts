import type { AwsOptions } from "./aws.ts";
import type { Executions } from "./executions.ts";

/** Creates what wakes durable executions; Lambda's client is loaded with the first that is to be woken, since few events wake one. */
export function wakeLater(options: AwsOptions = {}): Pick<Executions, "wake"> {
  let loading: Promise<Executions> | undefined;
  return {
    async wake(callback) {
      loading ??= import("./executions.ts").then(({ createExecutions }) => createExecutions(options));
      return (await loading).wake(callback);
    },
  };
}
