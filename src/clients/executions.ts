import { GetDurableExecutionCommand, LambdaClient, ResourceNotFoundException } from "@aws-sdk/client-lambda";
import { type AwsOptions, awsClient } from "./aws.ts";

/** What the guard reads of a durable execution. Source: Lambda API, GetDurableExecution. */
export interface Execution {
  /** RUNNING, SUCCEEDED, FAILED, TIMED_OUT or STOPPED. */
  status: string;
  /** What it was started with, as JSON text; absent if it was too large to be kept. */
  input?: string;
}

/** What the guard asks Lambda. Every call throws the SDK's error if Lambda refuses it, or does not answer in time in five attempts. */
export interface Executions {
  /** The execution with this ARN; undefined if Lambda does not know it, or no longer does. */
  read(arn: string): Promise<Execution | undefined>;
}

/** Creates the client of Lambda's durable executions. */
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

/** Creates the function that says whether an execution can still change something. */
export const runningIn =
  (executions: Executions) =>
  async (arn: string): Promise<boolean> =>
    (await executions.read(arn))?.status === "RUNNING";
