import { GetDurableExecutionCommand, LambdaClient, ResourceNotFoundException } from "@aws-sdk/client-lambda";
import { type AwsOptions, awsClient } from "./aws.ts";

/** A durable execution, as far as the guard asks about it. Source: Lambda API, GetDurableExecution. */
export interface Execution {
  /** RUNNING, SUCCEEDED, FAILED, TIMED_OUT or STOPPED. */
  status: string;
  /** What it was started with, as JSON text; absent where it was too large to be kept. */
  input?: string;
}

/** What the guard asks of Lambda. Every call throws the SDK's error where Lambda refuses, or five times does not answer in time. */
export interface Executions {
  /** The execution with the ARN; nothing where Lambda does not know it (any more). */
  read(arn: string): Promise<Execution | undefined>;
}

/** Makes the client of Lambda's durable executions. */
export function createExecutions(options: AwsOptions = {}): Executions {
  const client = awsClient(LambdaClient, options);
  return {
    async read(DurableExecutionArn) {
      try {
        const { Status = "", InputPayload } = await client.send(new GetDurableExecutionCommand({ DurableExecutionArn }));
        return { status: Status, input: InputPayload };
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }
    },
  };
}

/** Makes what says whether an execution may still change something. */
export const runningIn =
  (executions: Executions) =>
  async (arn: string): Promise<boolean> =>
    (await executions.read(arn))?.status === "RUNNING";
