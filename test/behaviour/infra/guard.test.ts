import { Match } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { BUS_NAME } from "../../../infra/guard.ts";
import { OPEN_INDEX } from "../../../src/clients/names.ts";
import { backoffSeconds, MAX_RECEIVE_COUNT } from "../../../src/handlers/backoff.ts";
import { routes } from "../../../src/rules/routes.ts";
import { readTerminalSettings } from "../../../src/settings/terminal.ts";
import { listOf, type Resource, type Synthesized, statementsIn, statementsOf, synthesized } from "../../support/infra/synth.ts";

let guard: Synthesized;
beforeAll(() => {
  guard = synthesized();
});

const QUEUE = "AWS::SQS::Queue";
const arnOf = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });
const queueId = () => guard.id(QUEUE, "GuardEventsQueue");

describe("the routes", () => {
  it.each(Object.entries(routes(undefined, { account: "AWS::AccountId", region: "AWS::Region" })))(
    "%s: the pattern of the rules for the stack's own account and Region, the queue, 24 hours of tries, and a dead-letter queue",
    (_, { account = [], region = [], ...of }) => {
      const refs = (names: string[]) => names.map((Ref) => ({ Ref }));
      const pattern = { ...of, account: refs(account), region: refs(region) };
      const rules = guard.template.findResources("AWS::Events::Rule", { Properties: { EventPattern: pattern } });
      expect(Object.values(rules).map((rule) => rule["Properties"])).toEqual([
        {
          Description: expect.any(String),
          State: "ENABLED",
          EventPattern: pattern,
          Targets: [
            {
              Id: "Queue",
              Arn: arnOf(queueId()),
              RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
              DeadLetterConfig: { Arn: arnOf(guard.id(QUEUE, "GuardRoutesDeadLetters")) },
            },
          ],
        },
      ]);
    },
  );

  it("are all the rules for RDS events that there are, on the default bus", () => {
    const rules = Object.values(guard.resources("AWS::Events::Rule")).map(({ Properties }) => Properties);
    const ofRds = rules.filter((rule) => JSON.stringify(rule["EventPattern"]).includes("aws.rds"));
    expect(ofRds.length).toBe(Object.keys(routes()).length);
    expect(ofRds.filter((rule) => rule["EventBusName"] !== undefined)).toEqual([]);
  });

  it.each(["GuardEventsQueue", "GuardRoutesDeadLetters"])("alone may send to %s", (start) => {
    const policy = guard.properties("AWS::SQS::QueuePolicy", `${start}Policy`);
    const allowed = statementsOf(policy).filter(({ Effect }) => Effect === "Allow");
    const rules = Object.keys(guard.resources("AWS::Events::Rule")).filter((id) => id.startsWith("GuardRoutes"));
    expect(rules.length).toBe(Object.keys(routes()).length);
    expect(allowed).toEqual([
      {
        Sid: "FromRoutes",
        Effect: "Allow",
        Action: "sqs:SendMessage",
        Principal: { Service: "events.amazonaws.com" },
        Resource: arnOf(guard.id(QUEUE, start)),
        Condition: { ArnEquals: { "aws:SourceArn": rules.map(arnOf) } },
      },
    ]);
  });
});

describe("the queue", () => {
  const queue = () => guard.properties(QUEUE, "GuardEventsQueue");

  it("gives the watch function six times its timeout", () => {
    const timeout = guard.properties("AWS::Lambda::Function", "GuardWatchFunction")["Timeout"];
    expect(queue()["VisibilityTimeout"]).toBeGreaterThanOrEqual(6 * Number(timeout));
  });

  it("outlasts 12 hours of outage, within what it keeps", () => {
    const { maxReceiveCount, deadLetterTargetArn } = queue()["RedrivePolicy"] as Record<string, unknown>;
    expect(maxReceiveCount).toBe(MAX_RECEIVE_COUNT);
    expect(deadLetterTargetArn).toEqual(arnOf(guard.id(QUEUE, "GuardEventsDeadLetters")));
    const waits = Array.from({ length: Number(maxReceiveCount) - 1 }, (_, index) => backoffSeconds(index + 1));
    const seconds = waits.reduce((a, b) => a + b);
    expect(seconds).toBeGreaterThan(12 * 3_600);
    // A dead letter's 14 days count from when it was first sent: a week of them is for the person who looks.
    expect(seconds).toBeLessThan(Number(queue()["MessageRetentionPeriod"]) - 7 * 24 * 3_600);
  });

  it("feeds two watch functions at most, and takes back what they did not finish", () => {
    guard.template.resourcePropertiesCountIs(
      "AWS::Lambda::EventSourceMapping",
      {
        EventSourceArn: arnOf(queueId()),
        FunctionName: { Ref: guard.id("AWS::Lambda::Function", "GuardWatchFunction") },
        FunctionResponseTypes: ["ReportBatchItemFailures"],
        BatchSize: 100,
        MaximumBatchingWindowInSeconds: 1,
        ScalingConfig: { MaximumConcurrency: 3 },
      },
      1,
    );
  });

  it("and every dead-letter queue keep messages for 14 days, encrypted, and take none without TLS", () => {
    const queues = Object.entries(guard.resources(QUEUE));
    expect(queues.length).toBe(8);
    const policies = Object.values(guard.resources("AWS::SQS::QueuePolicy"));
    for (const [id, { Properties }] of queues) {
      expect(Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 3_600, SqsManagedSseEnabled: true });
      const own = policies.filter((policy) => JSON.stringify(policy.Properties["Queues"]) === JSON.stringify([{ Ref: id }]));
      const denied = own.flatMap((policy) => statementsOf(policy.Properties)).filter(({ Effect }) => Effect === "Deny");
      expect(denied).toMatchObject([{ Action: "sqs:*", Principal: { AWS: "*" }, Condition: { Bool: { "aws:SecureTransport": "false" } } }]);
    }
  });
});

describe("the sweep", () => {
  it("is started every five minutes, and what cannot be started is kept", () => {
    const deadLetters = arnOf(guard.id(QUEUE, "GuardScheduleDeadLetters"));
    const sweep = guard.id("AWS::Lambda::Function", "GuardSweepFunction");
    guard.template.hasResourceProperties("AWS::Scheduler::Schedule", {
      ScheduleExpression: "rate(5 minutes)",
      FlexibleTimeWindow: { Mode: "OFF" },
      Target: {
        Arn: arnOf(sweep),
        RoleArn: arnOf(guard.id("AWS::IAM::Role", "GuardScheduleRole")),
        DeadLetterConfig: { Arn: deadLetters },
      },
    });
  });

  it("is started by a role that can do nothing else, for this account's schedules alone", () => {
    const policy = guard.properties("AWS::IAM::Policy", "GuardScheduleRole");
    expect(statementsOf(policy).map(({ Action, Resource }) => [Action, Resource])).toEqual([
      ["lambda:InvokeFunction", arnOf(guard.id("AWS::Lambda::Function", "GuardSweepFunction"))],
      ["sqs:SendMessage", arnOf(guard.id(QUEUE, "GuardScheduleDeadLetters"))],
    ]);
    const [trust] = statementsOf(guard.properties("AWS::IAM::Role", "GuardScheduleRole"));
    expect(trust).toMatchObject({
      Principal: { Service: "scheduler.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
    });
  });
});

describe("what is kept", () => {
  it("is a table as the functions use it, on demand, encrypted, recoverable, and there when the stack is gone", () => {
    guard.template.hasResource("AWS::DynamoDB::Table", {
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
      Properties: {
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        AttributeDefinitions: Match.arrayWith(["pk", "open", "rank"].map((AttributeName) => ({ AttributeName, AttributeType: "S" }))),
        GlobalSecondaryIndexes: [
          {
            IndexName: OPEN_INDEX,
            KeySchema: [
              { AttributeName: "open", KeyType: "HASH" },
              { AttributeName: "rank", KeyType: "RANGE" },
            ],
            Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["hint"] },
          },
        ],
        TimeToLiveSpecification: { AttributeName: "expiresAt", Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      },
    });
  });

  it("is one secret, empty until a person fills it, and there when the stack is gone", () => {
    const secrets = Object.values(guard.resources("AWS::SecretsManager::Secret"));
    expect(secrets).toMatchObject([{ DeletionPolicy: "RetainExceptOnCreate", UpdateReplacePolicy: "Retain" }]);
    expect(Object.keys(secrets[0]?.Properties ?? {})).toEqual(["Description"]);
  });
});

describe("a deploy that fails", () => {
  const all = () => Object.entries(guard.template.toJSON()["Resources"] as Record<string, Resource>);
  const isProtected = ({ Properties = {} }: Partial<Resource>) =>
    Object.entries(Properties).some(([name, value]) => /DeletionProtection/.test(name) && value !== false && value !== "inactive");

  it("leaves nothing that it made: what outlives the stack is kept once it is there, and nothing keeps CloudFormation from deleting it", () => {
    const kept = all().filter(([, { DeletionPolicy = "Delete" }]) => DeletionPolicy !== "Delete");
    const types = kept.map(([, { Type }]) => Type);
    expect([...new Set(types)].sort()).toEqual([
      "AWS::DynamoDB::Table",
      "AWS::Lambda::Version",
      "AWS::Logs::LogGroup",
      "AWS::SecretsManager::Secret",
    ]);
    for (const [, { DeletionPolicy }] of kept) expect(DeletionPolicy).toBe("RetainExceptOnCreate");
    expect(all().filter(([, resource]) => isProtected(resource))).toEqual([]);
  });

  it("can be deployed again: the version that it published goes, where the same code could be published no second time", () => {
    const versions = Object.values(guard.resources("AWS::Lambda::Version"));
    expect(versions).toHaveLength(2);
    for (const version of versions) expect(version).toMatchObject({ DeletionPolicy: "RetainExceptOnCreate" });
  });
});

describe("the stack", () => {
  it("has the guard's bus", () => guard.template.hasResourceProperties("AWS::Events::EventBus", { Name: "bluegreen-guard" }));

  it("names the bus as a terminal looks for it", () => expect(readTerminalSettings({}).bus).toBe(BUS_NAME));

  it("lets nobody in from outside but through the Function URL for Slack", () => {
    guard.template.resourceCountIs("AWS::Events::EventBusPolicy", 0);
    const all = Object.values(guard.resources("AWS::Lambda::Permission")).map(({ Properties }) => Properties);
    const permissions = all.filter(({ Principal }) => Principal !== "*");
    expect(all.length - permissions.length).toBe(2);
    const rules = Object.keys(guard.resources("AWS::Events::Rule")).map((id) => JSON.stringify(arnOf(id)));
    expect(permissions.length).toBe(3);
    for (const { Principal, SourceArn } of permissions) {
      expect(Principal).toBe("events.amazonaws.com");
      expect(rules).toContain(JSON.stringify(SourceArn));
    }
    const policies = ["AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::SecretsManager::ResourcePolicy"];
    const allowed = policies.flatMap((type) => statementsIn(guard, type, "Allow"));
    expect(allowed.length).toBe(6);
    for (const { Principal, Condition } of allowed) {
      expect(Principal).toEqual({ Service: expect.stringMatching(/\.amazonaws\.com$/) });
      expect(JSON.stringify(Condition)).toContain("aws:SourceArn");
    }
  });

  it("allows no action by a wildcard", () => {
    guard.template.resourceCountIs("AWS::IAM::Policy", 10);
    const actions = statementsIn(guard, "AWS::IAM::Policy", "Allow").flatMap(({ Action }) => listOf(Action));
    expect(actions.length).toBeGreaterThan(90);
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
  });
});
