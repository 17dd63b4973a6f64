import { CfnElement, Duration, Stack, Validations } from "aws-cdk-lib";
import { EventField, type IEventBus, Rule, RuleTargetInput } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Policy } from "aws-cdk-lib/aws-iam";
import type { Alias, IFunction } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { VARIABLES } from "../src/settings.ts";
import { GuardFunction, type GuardFunctionCommon } from "./guard-function.ts";
import { allow } from "./permissions.ts";
import { undeliveredQueue } from "./queues.ts";
import { recreatePermissions, recreateWildcards } from "./recreate-permissions.ts";
import { BUS_SOURCE, RECREATE_REQUESTED } from "./request-pattern.ts";

/** What the operations are made with. */
export interface OperationsProps {
  common: GuardFunctionCommon;
  bus: IEventBus;
  greenNames: readonly string[];
  monitoringRoleArns: string[];
}

// As long as a request may be begun; what is not started by then is refused, so a person should hear of it.
const START_WITHIN = Duration.minutes(30);
// A week for the slowest creation. The history is of use as long as the request is kept.
const DURABLE = { executionTimeout: Duration.days(7), retentionPeriod: Duration.days(30) };
/** EventBridge's longest: 24 hours and 185 tries. Source: EventBridge API, RetryPolicy. */
const TRIES = 185;

/** The functions that recreate and that let go of what an execution left behind, each with what starts it. */
export class Operations extends Construct {
  readonly recreate: GuardFunction;
  readonly release: GuardFunction;
  /** What could not be started, or ended with an error: of the recreate function and of the release function. */
  readonly deadLetters: { recreate: Queue; release: Queue };

  constructor(scope: Construct, id: string, props: OperationsProps) {
    super(scope, id);
    const requests = new Construct(this, "Requests");
    const ends = new Construct(this, "Ends");
    this.deadLetters = {
      recreate: undeliveredQueue(requests, "the recreate function and of the rule that starts it"),
      release: undeliveredQueue(ends, "the release function and of the rule that starts it"),
    };
    this.recreate = makeRecreate(this, this.deadLetters.recreate, props);
    this.release = makeRelease(this, this.deadLetters.release, this.recreate, props);
    startOnRequest(requests, startedVersion(this, this.recreate), this.deadLetters.recreate, props);
    startOnEnd(ends, this.release, this.recreate, this.deadLetters.release);
  }
}

function makeRecreate(scope: Construct, deadLetters: Queue, { common, greenNames, monitoringRoleArns }: OperationsProps): GuardFunction {
  const recreate = new GuardFunction(scope, "Recreate", {
    ...common,
    name: "recreate",
    description: "Blue/Green Guard: deletes a deployment with its green and creates it again",
    timeout: Duration.minutes(15),
    durable: DURABLE,
    deadLetters,
    wildcards: recreateWildcards(greenNames),
    permissions: [],
  });
  const { role, handler } = recreate;
  for (const statement of recreatePermissions(scope, { role, greenNames, monitoringRoleArns })) role.addToPolicy(statement);
  handler.addEnvironment(VARIABLES.principal, role.roleArn);
  return recreate;
}

/** The alias through which executions are started: each goes on with the version that it began with, which is kept. */
function startedVersion(scope: Construct, { handler, role }: GuardFunction): Alias {
  const live = handler.addAlias("live", { maxEventAge: START_WITHIN, retryAttempts: 2 });
  // In a policy of its own: the role's first one has to be there before the function, whose name this one needs.
  const executions = [`${handler.functionArn}:*`];
  const statements = [
    allow("KeepExecutions", ["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"], executions),
    allow("AskForExecutions", ["lambda:GetDurableExecution"], executions),
  ];
  const policy = new Policy(scope, "ExecutionsPolicy", { roles: [role], statements });
  acknowledgeExecutions(policy, handler);
  live.node.addDependency(policy);
  return live;
}

function makeRelease(
  scope: Construct,
  deadLetters: Queue,
  { handler: recreate }: GuardFunction,
  { common }: OperationsProps,
): GuardFunction {
  const release = new GuardFunction(scope, "Release", {
    ...common,
    name: "release",
    description: "Blue/Green Guard: lets go of the database whose operation failed, timed out or was stopped",
    timeout: Duration.minutes(2),
    deadLetters,
    permissions: [allow("AskForExecutions", ["lambda:GetDurableExecution"], [`${recreate.functionArn}:*`])],
  });
  acknowledgeExecutions(release.role, recreate);
  return release;
}

/** An event on the guard's bus that names a request; nothing else of it reaches the function. */
function startOnRequest(scope: Construct, live: Alias, deadLetterQueue: Queue, { bus }: OperationsProps): void {
  const rule = new Rule(scope, "Rule", {
    description: "Blue/Green Guard: begins the recreation whose request is named",
    eventBus: bus,
    eventPattern: { source: [BUS_SOURCE], detailType: [RECREATE_REQUESTED], detail: { requestId: [{ exists: true }] } },
  });
  const event = RuleTargetInput.fromObject({ requestId: EventField.fromPath("$.detail.requestId") });
  rule.addTarget(new LambdaFunction(live, { event, deadLetterQueue, retryAttempts: TRIES, maxEventAge: START_WITHIN }));
}

/** Lambda's word that an execution ended before it could let go of its database by itself. */
function startOnEnd(scope: Construct, { handler }: GuardFunction, { handler: recreate }: GuardFunction, deadLetterQueue: Queue): void {
  const { functionArn } = recreate;
  const rule = new Rule(scope, "Rule", {
    description: "Blue/Green Guard: executions of recreations that failed, timed out or were stopped",
    // The function's ARN comes with its version behind it.
    eventPattern: {
      source: ["aws.lambda"],
      detailType: ["Durable Execution Status Change"],
      detail: { status: ["FAILED", "TIMED_OUT", "STOPPED"], functionArn: [functionArn, { prefix: `${functionArn}:` }] },
    },
  });
  rule.addTarget(new LambdaFunction(handler, { deadLetterQueue, retryAttempts: TRIES, maxEventAge: Duration.hours(24) }));
}

function acknowledgeExecutions(on: Construct, { node: { defaultChild } }: IFunction): void {
  const name = defaultChild instanceof CfnElement ? Stack.of(on).getLogicalId(defaultChild) : "";
  Validations.of(on).acknowledge({
    id: `AwsSolutions-IAM5[Resource::<${name}.Arn>:*]`,
    reason: "These are the executions of the recreate function alone, whose ARNs begin with the function's and are made when they start.",
  });
}
