import {
  type CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
  type StackResourceSummary,
} from "@aws-sdk/client-cloudformation";
import { type FunctionConfiguration, GetFunctionConfigurationCommand, type LambdaClient } from "@aws-sdk/client-lambda";

/** The deployed guard, as CloudFormation and Lambda describe it. */
export interface DeployedStack {
  /** CloudFormation's word, such as CREATE_COMPLETE. */
  status: string;
  /** The stack's outputs by name, without the prefix `BlueGreenGuard`. */
  outputs: Readonly<Record<string, string>>;
  /** Environment variables of the watch function: the settings with which the guard was deployed. */
  variables: Readonly<Record<string, string>>;
  /** What else Lambda says of the watch function: whether it is traced, and where its logs are. */
  watch: Pick<FunctionConfiguration, "TracingConfig" | "LoggingConfig">;
  resources: readonly StackResourceSummary[];
}

const PREFIX = "BlueGreenGuard";

/** Finds the guard's stack; undefined if there is none of this name. @throws what the clients throw */
export async function findStack(
  StackName: string,
  { cloudformation, lambda }: { cloudformation: CloudFormationClient; lambda: LambdaClient },
): Promise<DeployedStack | undefined> {
  const answer = await cloudformation.send(new DescribeStacksCommand({ StackName })).catch((error: Error) => {
    // CloudFormation has no code of its own for this. Source: CloudFormation API, DescribeStacks.
    if (error.name === "ValidationError" && error.message.includes("does not exist")) return undefined;
    throw error;
  });
  const stack = answer?.Stacks?.[0];
  if (!stack) return undefined;
  const outputs = Object.fromEntries(
    (stack.Outputs ?? []).flatMap(({ OutputKey = "", OutputValue = "" }) =>
      OutputKey.startsWith(PREFIX) ? [[OutputKey.slice(PREFIX.length), OutputValue]] : [],
    ),
  );
  const resources: StackResourceSummary[] = [];
  for await (const page of paginateListStackResources({ client: cloudformation }, { StackName }))
    resources.push(...(page.StackResourceSummaries ?? []));
  const { Watch: watch } = outputs;
  const configured = watch === undefined ? undefined : await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: watch }));
  return {
    status: stack.StackStatus ?? "",
    outputs,
    resources,
    variables: configured?.Environment?.Variables ?? {},
    watch: configured ?? {},
  };
}

/** The physical ids of the stack's resources of a type. */
export const physicalIds = ({ resources }: DeployedStack, type: string): string[] =>
  resources.filter(({ ResourceType }) => ResourceType === type).flatMap(({ PhysicalResourceId }) => PhysicalResourceId ?? []);
