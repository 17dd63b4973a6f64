import { CfnElement, Duration, Stack, Validations } from "aws-cdk-lib";
import { EventField, type IEventBus, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Policy } from "aws-cdk-lib/aws-iam";
import type { Alias, IFunction } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { BUS_SOURCE, REQUESTED } from "../src/clients/names.ts";
import { OPERATION_NAMES, type OperationName } from "../src/operations/index.ts";
import { PERMISSIONS } from "../src/operations/permissions.ts";
import { VARIABLES } from "../src/settings/settings.ts";
import { GuardFunction, type GuardFunctionCommon } from "./guard-function.ts";
import { statementsOf, wildcardsOf } from "./permissions/operations.ts";
import { allow } from "./permissions/permissions.ts";
import { undeliveredQueue } from "./queues.ts";

/** Options for the operations' functions. */
export interface OperationsProps {
  common: GuardFunctionCommon;
  bus: IEventBus;
  greenNames: readonly string[];
  monitoringRoleArns?: string[];
}

// A request can be started for this long and is refused afterwards, so a later event goes to the dead letters for a person to see.
const START_WITHIN = Duration.minutes(30);
/** How an operation's function is created. The ids are parts of logical ids: changing one replaces what is deployed. */
interface Made {
  id: string;
  /** Ids of the construct that starts it and of the policy for its executions. */
  requests: string;
  executions: string;
  description: string;
  /** How long an execution may take. */
  longest: Duration;
}

const MADE: Record<OperationName, Made> = {
  recreate: {
    id: "Recreate",
    requests: "Requests",
    executions: "ExecutionsPolicy",
    description: "Blue/Green Guard: deletes a deployment with its green and creates it again",
    // Long enough for the slowest creation.
    longest: Duration.days(7),
  },
  switchover: {
    id: "Switchover",
    requests: "SwitchoverRequests",
    executions: "SwitchoverExecutionsPolicy",
    description: "Blue/Green Guard: switches a deployment over, at most once",
    // Far more than RDS's longest timeout of one hour, the rollback, and the retries around them.
    longest: Duration.days(1),
  },
};

// The history is useful for as long as the request is kept.
const HISTORY = Duration.days(30);
/** EventBridge's maximum: 24 hours and 185 retries. Source: EventBridge API, RetryPolicy. */
const TRIES = 185;

/** Completes the callback that an execution waits for: it looks at its request and at RDS then, and nowhere else. */
export const WAKE = "lambda:SendDurableExecutionCallbackSuccess";

/** The operations' functions and the one that releases what an execution left behind, each with what starts it. */
export class Operations extends Construct {
  readonly functions: Readonly<Record<OperationName, GuardFunction>>;
  readonly release: GuardFunction;
  /** Starts that could not be delivered, and invocations that ended with an error, by function. */
  readonly deadLetters: Readonly<Record<OperationName | "release", Queue>>;

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const requests = eachOperation((name) => new Construct(this, MADE[name].requests));
    const ends = new Construct(this, "Ends");
    const undelivered = (on: Construct, name: string) => undeliveredQueue(on, `the ${name} function and of the rule that starts it`);
    this.deadLetters = { ...eachOperation((name) => undelivered(requests[name], name)), release: undelivered(ends, "release") };
    this.functions = eachOperation((name) => makeOperation(this, name, this.deadLetters[name], props));
    const durable = Object.values(this.functions);
    this.release = makeRelease(this, this.deadLetters.release, durable, props);
    for (const name of OPERATION_NAMES) {
      const live = startedVersion(this, MADE[name].executions, this.functions[name], durable);
      startOnRequest(requests[name], live, name, this.deadLetters[name], props);
    }
    startOnEnd(ends, this.release, durable, this.deadLetters.release);
  }
}

function eachOperation<T>(make: (name: OperationName) => T): Record<OperationName, T> {
  return Object.fromEntries(OPERATION_NAMES.map((name) => [name, make(name)])) as Record<OperationName, T>;
}

function makeOperation(scope: Construct, name: OperationName, deadLetters: Queue, props: OperationsProps): GuardFunction {
  const { common, greenNames, monitoringRoleArns } = props;
  const { id, description, longest } = MADE[name];
  const permissions = PERMISSIONS[name];
  // A statement on the function's own role can be made only once the role exists.
  const asksForItself = permissions.some(({ on }) => on === "own-role");
  const made = new GuardFunction(scope, id, {
    ...common,
    name,
    description,
    timeout: Duration.minutes(15),
    durable: { executionTimeout: longest, retentionPeriod: HISTORY },
    deadLetters,
    wildcards: wildcardsOf(permissions, greenNames),
    permissions: asksForItself ? [] : statementsOf(scope, permissions, { greenNames, monitoringRoleArns }),
  });
  if (asksForItself) {
    const { role, handler } = made;
    for (const statement of statementsOf(scope, permissions, { role, greenNames, monitoringRoleArns })) role.addToPolicy(statement);
    handler.addEnvironment(VARIABLES.principal, role.roleArn);
  }
  return made;
}

/** The alias through which executions start: each stays on the version that it started on, which is retained. */
function startedVersion(scope: Construct, id: string, { handler, role }: GuardFunction, durable: readonly GuardFunction[]): Alias {
  const live = handler.addAlias("live", { maxEventAge: START_WITHIN, retryAttempts: 2 });
  // In its own policy: the role's first one must exist before the function, and this one needs the function's name.
  const executions = [`${handler.functionArn}:*`];
  const statements = [
    allow("KeepExecutions", ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"], executions),
    // The execution that holds a database, or with which the policy waits, may be the other operation's.
    allow("AskForExecutions", ["lambda:GetDurableExecution", WAKE], executionsOf(durable)),
  ];
  const policy = new Policy(scope, id, { roles: [role], statements });
  for (const each of durable) acknowledgeExecutions(policy, each.handler);
  live.node.addDependency(policy);
  return live;
}

/** Lets a function's role ask for the executions of the operations, wake them, and stop those that a person ends by force. */
export function letEndExecutions({ role }: GuardFunction, { functions }: Operations): void {
  const durable = Object.values(functions);
  const actions = ["lambda:GetDurableExecution", "lambda:StopDurableExecution", WAKE];
  role.addToPolicy(allow("EndExecutions", actions, executionsOf(durable)));
  for (const each of durable) acknowledgeExecutions(role, each.handler);
}

/** Lets a function's role have the operations look at once. */
export function letWakeExecutions({ role }: GuardFunction, { functions }: Operations): void {
  const durable = Object.values(functions);
  role.addToPolicy(allow("WakeExecutions", [WAKE], executionsOf(durable)));
  for (const each of durable) acknowledgeExecutions(role, each.handler);
}

/** ARNs of the executions of durable functions. */
export const executionsOf = (durable: readonly GuardFunction[]): string[] => durable.map(({ handler }) => `${handler.functionArn}:*`);

function makeRelease(scope: Construct, deadLetters: Queue, durable: readonly GuardFunction[], { common }: OperationsProps): GuardFunction {
  const release = new GuardFunction(scope, "Release", {
    ...common,
    name: "release",
    description: "Blue/Green Guard: lets go of the database whose operation failed, timed out or was stopped",
    timeout: Duration.minutes(2),
    deadLetters,
    permissions: [allow("AskForExecutions", ["lambda:GetDurableExecution"], executionsOf(durable))],
  });
  for (const each of durable) acknowledgeExecutions(release.role, each.handler);
  return release;
}

/** Starts an operation when an event on the guard's bus names its request; only the request's id reaches the function. */
function startOnRequest(scope: Construct, live: Alias, operation: OperationName, deadLetterQueue: Queue, { bus }: OperationsProps): void {
  const rule = new Rule(scope, "Rule", {
    description: `Blue/Green Guard: begins the ${operation} whose request is named`,
    eventBus: bus,
    eventPattern: { source: [BUS_SOURCE], detailType: [REQUESTED[operation]], detail: { requestId: [{ exists: true }] } },
  });
  const event = RuleTargetInput.fromObject({ requestId: EventField.fromPath("$.detail.requestId") });
  rule.addTarget(new LambdaFunction(live, { event, deadLetterQueue, retryAttempts: TRIES, maxEventAge: START_WITHIN }));
}

/** Starts the release function when Lambda reports that an execution ended before it could release its database itself. */
function startOnEnd(scope: Construct, { handler }: GuardFunction, durable: readonly GuardFunction[], deadLetterQueue: Queue): void {
  const functionArn = durable.flatMap(({ handler: { functionArn: arn } }) => [arn, { prefix: `${arn}:` }]);
  const rule = new Rule(scope, "Rule", {
    description: "Blue/Green Guard: executions of operations that failed, timed out or were stopped",
    // The function's ARN comes with its version appended.
    eventPattern: {
      source: ["aws.lambda"],
      detailType: ["Durable Execution Status Change"],
      detail: { status: ["FAILED", "TIMED_OUT", "STOPPED"], functionArn },
    },
  });
  rule.addTarget(new LambdaFunction(handler, { deadLetterQueue, retryAttempts: TRIES, maxEventAge: Duration.hours(24) }));
}

/** Tells cdk-nag why the ARNs of executions end in a wildcard. */
export function acknowledgeExecutions(on: Construct, { node: { defaultChild } }: IFunction): void {
  const name = defaultChild instanceof CfnElement ? Stack.of(on).getLogicalId(defaultChild) : "";
  Validations.of(on).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${name}.Arn>:*]`,
    reason: "These are the executions of one function alone, whose ARNs begin with the function's and are made when they start.",
  });
}
