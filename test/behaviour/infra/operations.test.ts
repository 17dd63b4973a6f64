import { beforeAll, describe, expect, it } from "vitest";
import { type EventPattern, matchesPattern } from "../../../local/event-pattern.ts";
import { BUS_SOURCE, REQUESTED } from "../../../src/clients/names.ts";
import { VALID_MS } from "../../../src/operations/request.ts";
import { deployed } from "../../support/infra/iam.ts";
import { PROPS, type Synthesized, synth, synthesized } from "../../support/infra/synth.ts";

const FUNCTION = "AWS::Lambda::Function";
const RULE = "AWS::Events::Rule";
const RECREATE = "GuardOperationsRecreateFunction";
const SWITCHOVER = "GuardOperationsSwitchoverFunction";

let guard: Synthesized;
beforeAll(() => {
  guard = synthesized();
});

const arnOf = (id: string) => ({ "Fn::GetAtt": [id, "Arn"] });
const target = (start: string) => (guard.properties(RULE, start)["Targets"] as Record<string, unknown>[])[0];
const pattern = (start: string) => deployed(guard, guard.properties(RULE, start)["EventPattern"]) as EventPattern;
const alias = () => guard.id("AWS::Lambda::Alias", RECREATE);
const requestDeadLetters = () => arnOf(guard.id("AWS::SQS::Queue", "GuardOperationsRequestsDeadLetters"));
const switchoverDeadLetters = () => arnOf(guard.id("AWS::SQS::Queue", "GuardOperationsSwitchoverRequestsDeadLetters"));
const endDeadLetters = () => arnOf(guard.id("AWS::SQS::Queue", "GuardOperationsEndsDeadLetters"));

describe("the recreate function", () => {
  it("is durable for a week, and what it did is known for 30 days", () => {
    expect(guard.properties(FUNCTION, RECREATE)).toMatchObject({
      DurableConfig: { ExecutionTimeout: 7 * 24 * 3_600, RetentionPeriodInDays: 30 },
      Timeout: 900,
      MemorySize: 512,
    });
  });

  it("is started as the version behind the alias live, and every version is kept for the executions that began with it", () => {
    const [version] = Object.entries(guard.resources("AWS::Lambda::Version")).filter(([name]) => name.startsWith(RECREATE));
    expect(version?.[1]).toMatchObject({
      DeletionPolicy: "RetainExceptOnCreate",
      UpdateReplacePolicy: "Retain",
      Properties: { FunctionName: { Ref: guard.id(FUNCTION, RECREATE) } },
    });
    expect(guard.properties("AWS::Lambda::Alias", RECREATE)).toEqual({
      FunctionName: { Ref: guard.id(FUNCTION, RECREATE) },
      FunctionVersion: { "Fn::GetAtt": [version?.[0], "Version"] },
      Name: "live",
    });
  });

  it("is not started before it may write down what it does", () => {
    const { DependsOn } = guard.template.toJSON()["Resources"][alias()];
    expect(DependsOn).toEqual([guard.id("AWS::IAM::Policy", "GuardOperationsExecutionsPolicy")]);
  });

  it("leaves what Lambda could not begin to its dead letters, since Lambda has no destinations for durable functions", () => {
    expect(guard.properties(FUNCTION, RECREATE)["DeadLetterConfig"]).toEqual({ TargetArn: requestDeadLetters() });
    const { DestinationConfig, ...config } = guard.properties("AWS::Lambda::EventInvokeConfig", RECREATE);
    expect(DestinationConfig).toBeUndefined();
    expect(config).toMatchObject({ MaximumEventAgeInSeconds: VALID_MS / 1_000, MaximumRetryAttempts: 2 });
  });
});

describe("a request on the guard's bus", () => {
  const event = { source: BUS_SOURCE, "detail-type": REQUESTED.recreate, detail: { requestId: "0f9a2c41" } };

  it("is what the functions put there", () => {
    expect(guard.properties(RULE, "GuardOperationsRequestsRule")).toMatchObject({
      EventBusName: { Ref: guard.id("AWS::Events::EventBus", "GuardBus") },
      State: "ENABLED",
    });
  });

  it.each([
    ["with the id of a request", event, true],
    ["without one", { ...event, detail: { id: "0f9a2c41" } }, false],
    ["of a switchover", { ...event, "detail-type": REQUESTED.switchover }, false],
    ["of a fact", { ...event, "detail-type": "Deployment Degraded" }, false],
    ["of another source", { ...event, source: "somebody" }, false],
  ])("%s: %o starts something: %s", (_, put, starts) => {
    expect(matchesPattern(pattern("GuardOperationsRequestsRule"), put)).toBe(starts);
  });

  it("starts the alias with the request's id and nothing else of the event, as long as the request is valid", () => {
    expect(target("GuardOperationsRequestsRule")).toMatchObject({
      Arn: { Ref: alias() },
      InputTransformer: { InputPathsMap: { "detail-requestId": "$.detail.requestId" }, InputTemplate: '{"requestId":<detail-requestId>}' },
      RetryPolicy: { MaximumEventAgeInSeconds: VALID_MS / 1_000, MaximumRetryAttempts: 185 },
      DeadLetterConfig: { Arn: requestDeadLetters() },
    });
  });
});

describe("the switchover function", () => {
  it("is durable for a day, and started as the version behind the alias live", () => {
    expect(guard.properties(FUNCTION, SWITCHOVER)).toMatchObject({
      DurableConfig: { ExecutionTimeout: 24 * 3_600, RetentionPeriodInDays: 30 },
      DeadLetterConfig: { TargetArn: switchoverDeadLetters() },
    });
    expect(guard.properties("AWS::Lambda::Alias", SWITCHOVER)).toMatchObject({ Name: "live" });
    const { DependsOn } = guard.template.toJSON()["Resources"][guard.id("AWS::Lambda::Alias", SWITCHOVER)];
    expect(DependsOn).toEqual([guard.id("AWS::IAM::Policy", "GuardOperationsSwitchoverExecutionsPolicy")]);
  });

  it("is begun by its own request alone, with the request's id and nothing else of the event", () => {
    const put = { source: BUS_SOURCE, "detail-type": REQUESTED.switchover, detail: { requestId: "0f9a2c41" } };
    expect(matchesPattern(pattern("GuardOperationsSwitchoverRequestsRule"), put)).toBe(true);
    expect(matchesPattern(pattern("GuardOperationsSwitchoverRequestsRule"), { ...put, "detail-type": REQUESTED.recreate })).toBe(false);
    expect(target("GuardOperationsSwitchoverRequestsRule")).toMatchObject({
      Arn: { Ref: guard.id("AWS::Lambda::Alias", SWITCHOVER) },
      InputTransformer: { InputPathsMap: { "detail-requestId": "$.detail.requestId" }, InputTemplate: '{"requestId":<detail-requestId>}' },
      RetryPolicy: { MaximumEventAgeInSeconds: VALID_MS / 1_000, MaximumRetryAttempts: 185 },
      DeadLetterConfig: { Arn: switchoverDeadLetters() },
    });
  });
});

describe("the end of an execution", () => {
  const functionArn = () => `arn:aws:lambda:ap-northeast-1:123456789012:function:${guard.id(FUNCTION, RECREATE)}`;
  const ended = (status: string, arn = `${functionArn()}:7`) => ({
    source: "aws.lambda",
    "detail-type": "Durable Execution Status Change",
    detail: { durableExecutionArn: `${arn}/durable-execution/a/b`, durableExecutionName: "a", functionArn: arn, status },
  });
  const starts = (event: object) => matchesPattern(pattern("GuardOperationsEndsRule"), event);

  it.each([
    ["FAILED", true],
    ["TIMED_OUT", true],
    ["STOPPED", true],
    ["SUCCEEDED", false],
    ["RUNNING", false],
  ])("that is %s starts the release function: %s", (status, expected) => expect(starts(ended(status))).toBe(expected));

  it("counts for the functions of operations alone, with a version behind its name or without", () => {
    expect(starts(ended("FAILED", functionArn()))).toBe(true);
    expect(starts(ended("FAILED", `arn:aws:lambda:ap-northeast-1:123456789012:function:${guard.id(FUNCTION, SWITCHOVER)}:7`))).toBe(true);
    expect(starts(ended("FAILED", `${functionArn()}2:7`))).toBe(false);
    expect(starts({ ...ended("FAILED"), source: "somebody" })).toBe(false);
  });

  it("comes on the default bus, and is kept where the release function cannot take it", () => {
    expect(guard.properties(RULE, "GuardOperationsEndsRule")["EventBusName"]).toBeUndefined();
    expect(target("GuardOperationsEndsRule")).toMatchObject({
      Arn: arnOf(guard.id(FUNCTION, "GuardOperationsReleaseFunction")),
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      DeadLetterConfig: { Arn: endDeadLetters() },
    });
    expect(target("GuardOperationsEndsRule")).not.toHaveProperty("InputTransformer");
    expect(guard.properties(FUNCTION, "GuardOperationsReleaseFunction")["DeadLetterConfig"]).toEqual({ TargetArn: endDeadLetters() });
  });
});

describe("without operations", () => {
  it("nothing is left of them but the setting, and the guard is as it was", () => {
    const without = synth({ ...PROPS, operations: false });
    const ids = Object.keys(without.template.toJSON()["Resources"]);
    const all = Object.keys(guard.template.toJSON()["Resources"]);
    const names = ["Operations", "AlarmsExecution", "AlarmsRecreate", "AlarmsSwitchover", "AlarmsRelease"].map((name) => `Guard${name}`);
    expect(ids).toEqual(all.filter((id) => !names.some((name) => id.startsWith(name))));
    expect(all.length).toBeGreaterThan(ids.length + 20);
    expect(without.guard.recreate).toBeUndefined();
    expect(without.guard.switchover).toBeUndefined();
    const { Environment } = without.properties(FUNCTION, "GuardWatchFunction");
    expect(Environment).toMatchObject({ Variables: { OPERATIONS: "false", ON_DEGRADED: "ask" } });
    expect(Object.keys(without.template.toJSON()["Outputs"]).join()).not.toMatch(/Recreate|Switchover|Release/);
  });
});
