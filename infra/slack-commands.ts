import { Duration } from "aws-cdk-lib";
import { type FunctionUrl, FunctionUrlAuthType } from "aws-cdk-lib/aws-lambda";
import type { Queue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { PLANNING_PERMISSIONS } from "../src/operations/recreate/permissions.ts";
import { VARIABLES } from "../src/settings/settings.ts";
import { GuardFunction, type GuardFunctionCommon } from "./guard-function.ts";
import { letEndExecutions, type Operations } from "./operations.ts";
import { statementsOf } from "./permissions/operations.ts";
import { allow, rdsFinding, readLag } from "./permissions/permissions.ts";
import { undeliveredQueue } from "./queues.ts";
import { secretIdOf } from "./slack-secret.ts";

/** Options for taking commands from Slack. */
export interface SlackCommandsProps {
  common: GuardFunctionCommon;
  /** The operations that answers may start; absent if the guard has none. */
  operations?: Operations;
  /** How many commands and presses are taken at once; the account's limit if left out. */
  reservedConcurrency?: number;
}

// A copy of a request that Slack signed is refused as stale after five minutes; Slack accepts answers for thirty.
const ANSWER_WITHIN = Duration.minutes(15);

/** What cdk-nag finds in the permissions to plan a recreation. */
export const GROUP_WILDCARDS = ["cluster-pg", "pg"].map((kind) => ({
  id: rdsFinding(kind),
  reason: `A plan names its parameter groups, and each may be read: the function may describe every ${kind} of account and region.`,
}));

/** The URL that Slack sends commands and presses to, and the functions behind it. */
export class SlackCommands extends Construct {
  readonly slack: GuardFunction;
  readonly answer: GuardFunction;
  readonly url: FunctionUrl;
  /** Commands and presses that could not be answered. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { common, operations, reservedConcurrency }: SlackCommandsProps) {
    super(scope, id);
    this.deadLetters = undeliveredQueue(this, "the answer function");
    this.answer = makeAnswer(this, this.deadLetters, common, operations);
    const { handler: answer } = this.answer;
    this.slack = new GuardFunction(this, "Slack", {
      ...common,
      name: "slack",
      description: "Blue/Green Guard: takes commands and presses from Slack",
      environment: {
        [VARIABLES.slackSecret]: secretIdOf(this, common.resources.slackSecret),
        [VARIABLES.answer]: answer.functionName,
      },
      timeout: Duration.seconds(10),
      isEntrance: true,
      reservedConcurrency,
      permissions: [allow("HandOn", ["lambda:InvokeFunction"], [answer.functionArn])],
    });
    this.url = this.slack.handler.addFunctionUrl({ authType: FunctionUrlAuthType.NONE });
  }
}

function makeAnswer(scope: Construct, deadLetters: Queue, common: GuardFunctionCommon, operations: Operations | undefined): GuardFunction {
  const role = operations?.functions.recreate.role;
  const answer = new GuardFunction(scope, "Answer", {
    ...common,
    name: "answer",
    description: "Blue/Green Guard: answers commands and presses from Slack",
    timeout: Duration.seconds(60),
    deadLetters,
    wildcards: GROUP_WILDCARDS,
    permissions: [
      ...statementsOf(scope, PLANNING_PERMISSIONS),
      readLag(),
      ...(role ? [allow("AskWhatRecreateMayDo", ["iam:SimulatePrincipalPolicy"], [role.roleArn])] : []),
    ],
  });
  if (role) answer.handler.addEnvironment(VARIABLES.principal, role.roleArn);
  if (operations) letEndExecutions(answer, operations);
  answer.handler.configureAsyncInvoke({ maxEventAge: ANSWER_WITHIN, retryAttempts: 2 });
  return answer;
}
