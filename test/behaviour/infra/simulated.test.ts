import { beforeAll, describe, expect, it } from "vitest";
import { FUNCTIONS, type FunctionName } from "../../../infra/bundle-folder.ts";
import { requiredPermissions } from "../../../src/plans/preflight/permissions.ts";
import { rdsView, specFor, viewOf } from "../../support/deployments/recreating.ts";
import { first } from "../../support/deployments/upgrade.ts";
import { operationsInBundle, operationsOfClients } from "../../support/infra/calls.ts";
import { arnOf, statementsOfRole, type Try } from "../../support/infra/iam.ts";
import { FUNCTION_ROLES, mayBySimulator } from "../../support/infra/simulator.ts";
import { type Synthesized, synth, withWebhook } from "../../support/infra/synth.ts";

const MONITORING = "arn:aws:iam::123456789012:role/rds-monitoring-role";
const RDS = "arn:aws:rds:ap-northeast-1:123456789012";
const DATABASES = [`${RDS}:cluster:orders`, `${RDS}:db:orders-1`];
const DEPLOYMENT = `${RDS}:deployment:bgd-hy5ntvomddiv89r8`;

let guard: Synthesized;
beforeAll(() => {
  guard = synth((stack) => ({ ...withWebhook(stack), monitoringRoleArns: [MONITORING] }));
});

/** Those of the tries that the function's role may not do. */
async function denied(by: FunctionName, tries: readonly Try[]): Promise<string[]> {
  const statements = statementsOfRole(guard, FUNCTION_ROLES[by]);
  const answers = await Promise.all(tries.map(async (asked) => ({ asked, may: await mayBySimulator(statements, asked) })));
  return answers.filter(({ may }) => !may).map(({ asked }) => `${asked.action} on ${asked.resource}`);
}

/** The action on each of the resources; `*` for an action that takes none. */
const on = (action: string, ...resources: string[]): Try[] => resources.map((resource) => ({ action, resource }));
const functionArn = (part: string) => arnOf(guard, "AWS::Lambda::Function", part);
const execution = (part: string) => `${functionArn(part)}:7/durable-execution/request-1/0123`;
const executions = () => [execution("GuardOperationsRecreateFunction"), execution("GuardOperationsSwitchoverFunction")];
const OWN: Partial<Record<FunctionName, string>> = {
  recreate: "GuardOperationsRecreateFunction",
  switchover: "GuardOperationsSwitchoverFunction",
};
const table = () => arnOf(guard, "AWS::DynamoDB::Table", "GuardRecords");
const secret = () => arnOf(guard, "AWS::SecretsManager::Secret", "GuardSlackSecret");
const WEBHOOK_SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:team/webhook-aB3dE6";
const queue = (start: string) => arnOf(guard, "AWS::SQS::Queue", start);

/** What a call of a function is about, by the operation's name. */
const CALLS: Record<string, (by: FunctionName) => Try[]> = {
  CheckpointDurableExecution: (by) => on("lambda:CheckpointDurableExecution", execution(OWN[by] ?? "")),
  GetDurableExecutionState: (by) => on("lambda:GetDurableExecutionState", execution(OWN[by] ?? "")),
  GetDurableExecution: () => on("lambda:GetDurableExecution", ...executions()),
  StopDurableExecution: () => on("lambda:StopDurableExecution", ...executions()),
  SendDurableExecutionCallbackSuccess: () => on("lambda:SendDurableExecutionCallbackSuccess", ...executions()),
  Invoke: () => on("lambda:InvokeFunction", functionArn("GuardCommandsAnswerFunction")),
  GetItem: () => on("dynamodb:GetItem", table()),
  PutItem: () => on("dynamodb:PutItem", table()),
  UpdateItem: () => on("dynamodb:UpdateItem", table()),
  Query: () => on("dynamodb:Query", `${table()}/index/open`),
  PutEvents: () => on("events:PutEvents", arnOf(guard, "AWS::Events::EventBus", "GuardBus")),
  GetSecretValue: (by) => on("secretsmanager:GetSecretValue", by === "webhook" ? WEBHOOK_SECRET : secret()),
  ChangeMessageVisibility: (by) =>
    on("sqs:ChangeMessageVisibility", queue(by === "webhook" ? "GuardWebhookFactsQueue" : "GuardEventsQueue")),
  SendMessage: (by) =>
    by === "webhook"
      ? on("sqs:SendMessage", queue("GuardWebhookFactsDeadLetters"))
      : on("sqs:SendMessage", queue("GuardEventsQueue"), ...(by === "watch" ? [queue("GuardEventsDeadLetters")] : [])),
  GetMetricData: () => on("cloudwatch:GetMetricData", "*"),
  SimulatePrincipalPolicy: () => on("iam:SimulatePrincipalPolicy", arnOf(guard, "AWS::IAM::Role", FUNCTION_ROLES.recreate)),
  GetRole: () => on("iam:GetRole", arnOf(guard, "AWS::IAM::Role", FUNCTION_ROLES.recreate)),
  DescribeBlueGreenDeployments: () => on("rds:DescribeBlueGreenDeployments", DEPLOYMENT),
  DescribeDBClusters: () => on("rds:DescribeDBClusters", `${RDS}:cluster:orders`),
  DescribeDBInstances: () => on("rds:DescribeDBInstances", `${RDS}:db:orders-1`),
  DescribeDBClusterEndpoints: () => on("rds:DescribeDBClusterEndpoints", `${RDS}:cluster-endpoint:reports`),
  DescribeEvents: () => on("rds:DescribeEvents", "*"),
  DescribeDBEngineVersions: () => on("rds:DescribeDBEngineVersions", "*"),
  DescribeDBClusterParameterGroups: () => on("rds:DescribeDBClusterParameterGroups", `${RDS}:cluster-pg:blue-14`),
  DescribeDBClusterParameters: () => on("rds:DescribeDBClusterParameters", `${RDS}:cluster-pg:blue-14`),
  DescribeDBParameterGroups: () => on("rds:DescribeDBParameterGroups", `${RDS}:pg:blue-14`),
  DescribeDBParameters: () => on("rds:DescribeDBParameters", `${RDS}:pg:blue-14`),
  CreateBlueGreenDeployment: () => on("rds:CreateBlueGreenDeployment", DEPLOYMENT, ...DATABASES),
  DeleteBlueGreenDeployment: () => on("rds:DeleteBlueGreenDeployment", DEPLOYMENT),
  SwitchoverBlueGreenDeployment: () => on("rds:SwitchoverBlueGreenDeployment", DEPLOYMENT),
  // Turns off the deletion protection of green.
  ModifyDBCluster: () => on("rds:ModifyDBCluster", `${RDS}:cluster:orders-green-a1b2c3`),
  ModifyDBInstance: () => on("rds:ModifyDBInstance", `${RDS}:db:orders-1-green-a1b2c3`),
};

/** What a bundle holds because a file holds several calls, and its function never makes. */
const NEVER_MADE: Partial<Record<FunctionName, string[]>> = {
  watch: ["DescribeEvents", "GetDurableExecution", "StopDurableExecution"],
  sweep: ["ChangeMessageVisibility"],
  // Functions are given their own role's whole ARN.
  answer: ["GetRole"],
  recreate: ["GetRole", "StopDurableExecution", "SwitchoverBlueGreenDeployment"],
  switchover: ["CreateBlueGreenDeployment", "DeleteBlueGreenDeployment", "StopDurableExecution"],
  release: ["DescribeEvents", "SendDurableExecutionCallbackSuccess", "StopDurableExecution"],
};

const OPERATIONS = operationsOfClients();

describe("of the calls in the code, by a simulator of IAM that is not the project's own,", () => {
  it("each is known here; only a person's terminal asks who it is, which needs no permission", () => {
    expect(OPERATIONS.length).toBeGreaterThan(30);
    const unknown = OPERATIONS.map(({ name }) => name).filter((name) => !Object.hasOwn(CALLS, name));
    expect(unknown).toEqual(["GetCallerIdentity"]);
  });

  it.each(FUNCTIONS)("those of %s are allowed to it, and what its bundle only holds is not", async (name) => {
    const held = operationsInBundle(name, OPERATIONS);
    const never = NEVER_MADE[name] ?? [];
    expect(held).toEqual(expect.arrayContaining(never));
    const made = held.filter((it) => !never.includes(it));
    expect(made.length).toBeGreaterThan(1);
    expect(
      await denied(
        name,
        made.flatMap((it) => CALLS[it]?.(name) ?? []),
      ),
    ).toEqual([]);
    const tries = never.flatMap((it) => CALLS[it]?.(name) ?? []);
    expect(await denied(name, tries)).toHaveLength(tries.length);
  });
});

describe("of what RDS does on the guard's behalf,", () => {
  const MONITORED = { configuration: { monitoringRoleArn: MONITORING } };
  it.each([
    ["cluster", viewOf(first(), { "db-cluster": MONITORED, "db-instance-writer": MONITORED })],
    ["instance", rdsView({ orders: MONITORED })],
  ])("all that AWS names for creating green of a blue %s is allowed to the recreate function", async (_, view) => {
    const needed = requiredPermissions(view, specFor(view));
    expect(needed.length).toBeGreaterThan(6);
    expect(await denied("recreate", needed)).toEqual([]);
  });

  // Source: Aurora and RDS User Guides, blue-green-deployments-authorizing-access.
  it("all that AWS names for a deletion is allowed to the recreate function on green", async () => {
    const cluster = ["DeleteDBCluster", "PromoteReadReplicaDBCluster"].flatMap((it) =>
      on(`rds:${it}`, `${RDS}:cluster:orders-green-a1b2c3`),
    );
    const db = ["DeleteDBInstance", "PromoteReadReplica"].flatMap((it) => on(`rds:${it}`, `${RDS}:db:orders-1-green-a1b2c3`));
    const endpoint = on("rds:DeleteDBClusterEndpoint", `${RDS}:cluster-endpoint:reports-green-a1b2c3`);
    expect(await denied("recreate", [...cluster, ...db, ...endpoint])).toEqual([]);
  });

  it("all that AWS names for a switchover is allowed to the switchover function, on blue and green", async () => {
    const tries = ["orders", "orders-green-a1b2c3"].flatMap((name) => [
      ...["ModifyDBCluster", "PromoteReadReplicaDBCluster"].flatMap((it) => on(`rds:${it}`, `${RDS}:cluster:${name}`)),
      ...["ModifyDBInstance", "PromoteReadReplica"].flatMap((it) => on(`rds:${it}`, `${RDS}:db:${name}`)),
    ]);
    expect(await denied("switchover", tries)).toEqual([]);
  });
});
