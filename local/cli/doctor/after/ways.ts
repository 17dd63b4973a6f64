import {
  DescribeRuleCommand,
  type DescribeRuleResponse,
  type EventBridgeClient,
  ListRuleNamesByTargetCommand,
  ListTargetsByRuleCommand,
  type Target,
} from "@aws-sdk/client-eventbridge";
import { GetPolicyCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { GetScheduleCommand } from "@aws-sdk/client-scheduler";
import { OPERATION_NAMES } from "../../../../src/operations/index.ts";
import { routes } from "../../../../src/rules/routes.ts";
import { type DoctorCheck, type Finding, fail, pass } from "../check.ts";
import { physicalIds } from "../stack.ts";
import type { Visit } from "../visit.ts";

const DEPLOY = "Deploy again: npx cdk deploy.";
const BUS = "bluegreen-guard";

/** A rule that leads to a target. */
export interface Way {
  rule: DescribeRuleResponse;
  target: Target | undefined;
}

/** The rules on a bus that lead to the target with this ARN. */
export async function waysTo(TargetArn: string, events: EventBridgeClient, EventBusName?: string): Promise<Way[]> {
  const { RuleNames = [] } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn, EventBusName }));
  return Promise.all(
    RuleNames.map(async (Name) => {
      const rule = await events.send(new DescribeRuleCommand({ Name, EventBusName }));
      const { Targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: Name, EventBusName }));
      return { rule, target: Targets.find(({ Arn }) => Arn === TargetArn) };
    }),
  );
}

/** The ARN of the queue with this URL. */
export const queueArnOf = (url: string, { partition, region, account }: Visit): string =>
  `arn:${partition}:sqs:${region}:${account}:${url.split("/").at(-1)}`;

const functionArnOf = (name: string, { partition, region, account }: Visit): string =>
  `arn:${partition}:lambda:${region}:${account}:function:${name}`;

/** Whether RDS's events reach the queue. */
export const routesToQueue: DoctorCheck = {
  id: "routes",
  asked: "which rules of EventBridge lead to the event queue",
  of: "stack",
  async ask(visit) {
    const ways = await waysTo(queueArnOf(visit.stack?.outputs["Queue"] ?? "", visit), visit.events);
    const wanted = Object.keys(routes()).length;
    const on = ways.filter(({ rule }) => rule.State === "ENABLED");
    const came = `${ways.length} rules, ${on.length} of them enabled`;
    if (on.length < wanted) return fail(came, `It should be ${wanted}: some of RDS's events never arrive.`, DEPLOY);
    if (ways.some(({ target }) => !target?.DeadLetterConfig?.Arn))
      return fail(`${came}, one without dead letters`, "What EventBridge cannot deliver is lost.", DEPLOY);
    return pass(came, "RDS's events reach the queue, and what cannot be delivered is kept.");
  },
};

/** Whether a request on the guard's bus reaches the alias of its operation: read, not tried. */
export const requestsToAliases: DoctorCheck = {
  id: "requests",
  asked: `which rule of the bus ${BUS} leads to the alias of each operation, and whether the alias lets it`,
  of: "stack",
  applies: hasOperations,
  async ask(visit) {
    const said: string[] = [];
    for (const name of OPERATION_NAMES) {
      const alias = `${functionArnOf(visit.stack?.outputs[name === "recreate" ? "Recreate" : "Switchover"] ?? "", visit)}:live`;
      const problem = await problemOf(alias, visit, BUS);
      if (problem) return fail(`${name}: ${problem}`, `A ${name} that is asked for does not begin.`, DEPLOY);
      said.push(`${name}: a rule, enabled and allowed`);
    }
    return pass(said.join("; "), "A request on the bus begins its operation.");
  },
};

/** Whether the release function hears of executions that ended. */
export const endsToRelease: DoctorCheck = {
  id: "ends",
  asked: "which rule leads to the release function, and whether the function lets it",
  of: "stack",
  applies: hasOperations,
  async ask(visit) {
    const release = functionArnOf(visit.stack?.outputs["Release"] ?? "", visit);
    const problem = await problemOf(release, visit);
    if (!problem) return pass("a rule, enabled and allowed", "An operation that breaks off lets go of its database.");
    return fail(problem, "An operation that breaks off keeps its database until the next sweep.", DEPLOY);
  },
};

async function problemOf(target: string, { events, lambda }: Visit, bus?: string): Promise<string | undefined> {
  const [way] = await waysTo(target, events, bus);
  if (!way) return "there is no rule";
  if (way.rule.State !== "ENABLED") return `the rule ${way.rule.Name} is ${way.rule.State}`;
  if (!(await isAllowed(target, way.rule.Arn ?? "", lambda))) return `the function does not let the rule ${way.rule.Name} invoke it`;
  return undefined;
}

interface PolicyStatement {
  Effect: string;
  Action: string;
  Condition?: { ArnLike?: Record<string, string> };
}

async function isAllowed(FunctionName: string, ruleArn: string, lambda: LambdaClient): Promise<boolean> {
  const [, , , , , , name = "", Qualifier] = FunctionName.split(":");
  const answer = await lambda.send(new GetPolicyCommand({ FunctionName: name, Qualifier })).catch((error: Error) => {
    if (error.name === "ResourceNotFoundException") return undefined;
    throw error;
  });
  const { Statement = [] } = JSON.parse(answer?.Policy ?? "{}") as { Statement?: PolicyStatement | PolicyStatement[] };
  return [Statement]
    .flat()
    .some(
      ({ Effect, Action, Condition }) =>
        Effect === "Allow" && Action === "lambda:InvokeFunction" && Object.values(Condition?.ArnLike ?? {}).includes(ruleArn),
    );
}

/** Whether the sweep is started. */
export const schedule: DoctorCheck = {
  id: "schedule",
  asked: "whether EventBridge Scheduler starts the sweep",
  of: "stack",
  async ask(visit): Promise<Finding> {
    const { scheduler, stack } = visit;
    const sweep = functionArnOf(stack?.outputs["Sweep"] ?? "", visit);
    for (const physicalId of stack ? physicalIds(stack, "AWS::Scheduler::Schedule") : []) {
      const {
        State,
        ScheduleExpression,
        Target: target,
      } = await scheduler.send(new GetScheduleCommand({ Name: physicalId.split("|").at(-1) }));
      if (target?.Arn !== sweep) continue;
      if (State === "ENABLED") return pass(`${ScheduleExpression}, enabled`, "What no event says, the sweep tells.");
      return fail(
        `${ScheduleExpression}, ${State}`,
        "What no event says, nobody tells.",
        "Enable the schedule in EventBridge Scheduler's console.",
      );
    }
    return fail("there is no schedule for it", "What no event says, nobody tells.", DEPLOY);
  },
};

function hasOperations({ stack }: Visit): boolean {
  return stack?.outputs["Recreate"] !== undefined;
}
