import type { Executions } from "./executions.ts";

/** Makes what tells whether an execution may still change something. */
export const runningIn =
  (executions: Executions) =>
  async (arn: string): Promise<boolean> =>
    (await executions.read(arn))?.status === "RUNNING";
