import { Stack } from "aws-cdk-lib";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { Key } from "aws-cdk-lib/aws-kms";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { type ISecret, Secret } from "aws-cdk-lib/aws-secretsmanager";
import { beforeAll, describe, expect, it } from "vitest";
import { FUNCTIONS } from "../../../infra/bundle-folder.ts";
import { BlueGreenGuard, type BlueGreenGuardProps } from "../../../infra/index.ts";
import { OPERATION_TELLS_MS, SWEEP_TELLS_MS, WATCH_TELLS_MS } from "../../../src/handlers/connect.ts";
import { readEntranceSettings } from "../../../src/settings/entrance.ts";
import { DEFAULTS, readSettings, VARIABLES } from "../../../src/settings/settings.ts";
import { PROPS, type Synthesized, synth, synthesized, temporaryApp } from "../../support/infra/synth.ts";

const FUNCTION = "AWS::Lambda::Function";
const SECRET = "arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:team/slack";

let guard: Synthesized;
let other: Synthesized;
beforeAll(() => {
  guard = synthesized();
  other = synth((stack) => ({
    slackChannel: PROPS.slackChannel,
    slackSecret: Secret.fromSecretNameV2(stack, "Given", "team/slack"),
    watch: "tagged",
    stuckAfterHours: 12,
    logRetention: RetentionDays.ONE_WEEK,
    onDegraded: "recreate",
    tagMayRaise: true,
    settleMinutes: 30,
    maxRecreatesPerDay: 5,
    operators: ["U0123456789", "S0123456789"],
    approvals: 1,
    commandChannels: ["C0123456789"],
    slackConcurrency: 5,
  }));
});

const BUDGETS = {
  watch: WATCH_TELLS_MS,
  sweep: SWEEP_TELLS_MS,
  recreate: OPERATION_TELLS_MS,
  switchover: OPERATION_TELLS_MS,
  release: OPERATION_TELLS_MS,
  // It answers only the person who asked.
  answer: 0,
};
const STARTS = {
  watch: "Watch",
  sweep: "Sweep",
  recreate: "OperationsRecreate",
  switchover: "OperationsSwitchover",
  release: "OperationsRelease",
  answer: "CommandsAnswer",
};

/** All that read the Slack secret. */
const OF_SLACK = FUNCTIONS.filter((name) => name !== "webhook");

/** All but the one that only checks what comes from Slack and hands it on, and the one that only posts facts to a webhook. */
const WORKERS = FUNCTIONS.filter((name) => name !== "slack" && name !== "webhook");

describe.each(WORKERS)("the %s function", (name) => {
  const start = `Guard${STARTS[name]}`;
  const properties = (of = guard) => of.properties(FUNCTION, `${start}Function`);
  const environment = (of = guard) => (properties(of)["Environment"] as { Variables: Record<string, unknown> }).Variables;

  it("runs on Node 24 on arm64, and is traced", () => {
    expect(properties()).toMatchObject({
      Runtime: "nodejs24.x",
      Architectures: ["arm64"],
      TracingConfig: { Mode: "Active" },
      Handler: "index.handler",
    });
    expect(properties()["ReservedConcurrentExecutions"]).toBeUndefined();
  });

  it("logs into a group of its own, which is kept for three months, or as long as it is told", () => {
    const retention = (of: Synthesized) => of.properties("AWS::Logs::LogGroup", `${start}Logs`)["RetentionInDays"];
    expect(properties()["LoggingConfig"]).toEqual({ LogGroup: { Ref: guard.id("AWS::Logs::LogGroup", `${start}Logs`) } });
    expect(retention(guard)).toBe(90);
    expect(retention(other)).toBe(7);
  });

  it("has 15 seconds left when it stops telling", () => {
    expect(Number(properties()["Timeout"]) * 1_000).toBeGreaterThanOrEqual(BUDGETS[name] + 15_000);
  });

  it("is given exactly the variables that are read", () => {
    const { slackApiUrl: _, answer: __, allOnBus: ___, accountName: ____, principal, ...read } = VARIABLES;
    const own = name === "recreate" || name === "answer" ? [principal] : [];
    expect(Object.keys(environment()).sort()).toEqual([...Object.values(read), ...own].sort());
  });

  it("is given the address of another Slack, where that is set", () => {
    const of = synth({ ...PROPS, slackApiUrl: "https://slack-gov.com/api/" });
    expect(environment(of)).toMatchObject({ [VARIABLES.slackApiUrl]: "https://slack-gov.com/api/" });
  });

  it("accepts its environment as settings", () => {
    const settings = readSettings(deployed(guard, environment()));
    const on = { operations: true, commands: true, operators: [], commandChannels: [] };
    expect(settings).toMatchObject({ ...DEFAULTS, slackChannel: "C0123456789", ...on });
    const given = { watch: "tagged", stuckAfterHours: 12, onDegraded: "recreate", tagMayRaise: true, settleMinutes: 30 };
    const slack = { operators: ["U0123456789", "S0123456789"], approvals: 1, commandChannels: ["C0123456789"] };
    expect(readSettings(deployed(other, environment(other)))).toMatchObject({ ...given, maxRecreatesPerDay: 5, ...slack });
  });

  it("reads the secret that it is given, whose last six characters nobody knows", () => {
    other.template.resourceCountIs("AWS::SecretsManager::Secret", 0);
    // By its name: Secrets Manager takes a name that ends in a hyphen and six characters for a complete ARN's, where it is part of an ARN.
    expect(environment(other)[VARIABLES.slackSecret]).toBe("team/slack");
    const policies = Object.values(other.resources("AWS::IAM::Policy")).map((policy) => JSON.stringify(policy));
    expect(policies.filter((policy) => policy.includes(":secret:team/slack-??????")).length).toBe(OF_SLACK.length);
  });
});

describe("the slack function", () => {
  const LAMBDA = { AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "key" };
  const start = "GuardCommandsSlack";

  it("starts fast: 1,024 MB, untraced, with two variables and no rights but to read the secret and to hand on", () => {
    const { MemorySize, TracingConfig, Environment } = guard.properties(FUNCTION, `${start}Function`) as {
      MemorySize: number;
      TracingConfig?: unknown;
      Environment: { Variables: Record<string, string> };
    };
    expect([MemorySize, TracingConfig]).toEqual([1_024, undefined]);
    expect(Object.keys(Environment.Variables).sort()).toEqual([VARIABLES.slackSecret, VARIABLES.answer].sort());
    expect(readEntranceSettings({ ...LAMBDA, ...deployed(guard, Environment.Variables) }).answer).toContain("GuardCommandsAnswer");
  });

  it("is reached by Slack without AWS credentials, for which a Function URL needs both permissions", () => {
    const id = guard.id(FUNCTION, `${start}Function`);
    expect(guard.properties("AWS::Lambda::Url", start)).toMatchObject({ AuthType: "NONE" });
    const permissions = Object.values(guard.resources("AWS::Lambda::Permission"))
      .map(({ Properties }) => Properties)
      .filter(({ Principal }) => Principal === "*");
    const on = { FunctionName: { "Fn::GetAtt": [id, "Arn"] }, Principal: "*" };
    expect(permissions).toEqual(
      expect.arrayContaining([
        { ...on, Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" },
        { ...on, Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true },
      ]),
    );
    expect(permissions.length).toBe(2);
  });

  it("takes as many at once as it is told", () => {
    const reserved = (of: Synthesized) => of.properties(FUNCTION, `${start}Function`)["ReservedConcurrentExecutions"];
    expect([reserved(guard), reserved(other)]).toEqual([undefined, 5]);
  });

  it("hands on to the answer function, which Lambda tries three times and then sets aside", () => {
    expect(guard.properties("AWS::Lambda::EventInvokeConfig", "GuardCommandsAnswer")).toMatchObject({ MaximumRetryAttempts: 2 });
    expect(guard.properties(FUNCTION, "GuardCommandsAnswerFunction")["DeadLetterConfig"]).toBeDefined();
  });

  it("is left out with commands: false, and so is the answer function", () => {
    const without = synth({ ...PROPS, commands: false });
    expect(Object.keys(without.resources("AWS::Lambda::Url"))).toEqual([]);
    expect(Object.keys(without.resources(FUNCTION)).filter((id) => id.includes("Commands"))).toEqual([]);
  });
});

it("every function of Slack's may use the key of a secret that is given with one", () => {
  const arn = "arn:aws:kms:ap-northeast-1:123456789012:key/2c1e2a5e-0d4f-4f43-9a5e-3f6d0b3a7c11";
  const keyed = synth((stack) => {
    const encryptionKey = Key.fromKeyArn(stack, "Key", arn);
    return { ...PROPS, slackSecret: Secret.fromSecretAttributes(stack, "Given", { secretPartialArn: SECRET, encryptionKey }) };
  });
  const decrypting = Object.values(keyed.resources("AWS::IAM::Policy")).filter((it) => JSON.stringify(it).includes('"kms:Decrypt"'));
  expect(decrypting.length).toBe(OF_SLACK.length);
});

/** The environment as it may be after the deployment, when AWS has put in what the template refers to. */
function deployed(of: Synthesized, environment: Record<string, unknown>): Record<string, string> {
  const filled = Object.entries(environment).map(([name, value]) => {
    if (typeof value === "string") return [name, value];
    const { Ref } = value as { Ref?: string };
    const is = (type: string) => Ref !== undefined && of.resources(type)[Ref] !== undefined;
    if (is("AWS::SQS::Queue")) return [name, `https://sqs.example.com/123456789012/${Ref}`];
    if (is("AWS::SecretsManager::Secret")) return [name, `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:${Ref}-aB3dE6`];
    return [name, JSON.stringify(value)];
  });
  return Object.fromEntries(filled);
}

describe("a prop that is refused", () => {
  const make = (props: Partial<BlueGreenGuardProps>) => () =>
    new BlueGreenGuard(new Stack(temporaryApp(), "Test"), "Guard", { ...PROPS, ...props });

  it.each<[Partial<BlueGreenGuardProps>, RegExp]>([
    [{ slackChannel: "#general" }, /^slackChannel takes a channel's id, such as C0123456789.*; received "#general"\.$/],
    [{ slackApiUrl: "slack-gov.com" }, /^slackApiUrl takes a URL that begins with https:\/\/ or http:\/\/; received "slack-gov.com"\.$/],
    [{ slackChannel: "" }, /^slackChannel takes .*; received ""\.$/],
    [{ watch: "some" as "all" }, /^watch takes "all" or "tagged"; received "some"\.$/],
    [{ stuckAfterHours: 0 }, /^stuckAfterHours takes a number of hours, 1 to 336; received "0"\.$/],
    [{ stuckAfterHours: 337 }, /^stuckAfterHours .*337/],
    [{ alarmEmail: "nobody" }, /^alarmEmail takes an e-mail address; received "nobody"\.$/],
    [{ settleMinutes: 121 }, /^settleMinutes takes a number of minutes, 1 to 120; received "121"\.$/],
    [{ settleMinutes: Number.NaN }, /^settleMinutes .*NaN/],
    [{ maxRecreatesPerDay: 0 }, /^maxRecreatesPerDay takes a number of recreations, 1 to 20; received "0"\.$/],
    [{ maxRecreatesPerDay: 1.5 }, /^maxRecreatesPerDay .*1\.5/],
    [{ onDegraded: "always" as "ask" }, /^onDegraded takes "notify", "ask" or "recreate"; received "always"\.$/],
    [{ onDegraded: "recreate", operations: false }, /^onDegraded takes "notify" or "ask" where operations is false: .*"recreate"\.$/],
    [{ tagMayRaise: true, operations: false }, /^tagMayRaise takes false where operations is false: .*"true"\.$/],
    [{ monitoringRoleArns: ["monitoring"] }, /^monitoringRoleArns takes ARNs of roles; received "monitoring"\.$/],
    [{ monitoringRoleArns: ["arn:aws:iam::123456789012:role/*"] }, /^monitoringRoleArns .*role\/\*/],
    [{ operators: ["@oncall"] }, /^operators takes ids of Slack users and user groups.*; received "@oncall"\.$/],
    [{ commandChannels: ["general"] }, /^commandChannels takes ids of Slack channels.*; received "general"\.$/],
    [{ operations: "no" as unknown as boolean }, /^operations takes true or false; received "no"\.$/],
    [{ approvals: 2 as 1 }, /^approvals takes 0 or 1; received "2"\.$/],
    [{ slackConcurrency: 0 }, /^slackConcurrency takes a whole number, 1 to 1000; received "0"\.$/],
    [{ greenNames: [] }, /^greenNames takes one or more names of databases/],
    [{ greenNames: ["*-green-*", "cluster:orders"] }, /^greenNames .*; received "cluster:orders"\.$/],
  ])("is named with what it takes: %j", (props, message) => expect(make(props)).toThrow(message));
});

describe("the secret that the functions read", () => {
  const arn = (account: string, name: string) => `arn:aws:secretsmanager:ap-northeast-1:${account}:secret:${name}`;
  const readBy = (secretOf: (stack: Stack) => ISecret) => {
    const of = synth((stack) => ({ ...PROPS, slackSecret: secretOf(stack) }));
    const { Variables } = of.properties(FUNCTION, "GuardWatchFunction")["Environment"] as { Variables: Record<string, unknown> };
    return Variables[VARIABLES.slackSecret];
  };

  it.each<[string, (stack: Stack) => ISecret, string]>([
    ["its name, whatever it ends in", (stack) => Secret.fromSecretNameV2(stack, "S", "slack-secret"), "slack-secret"],
    [
      "its whole ARN",
      (stack) => Secret.fromSecretCompleteArn(stack, "S", arn("123456789012", "a-aB3dE6")),
      arn("123456789012", "a-aB3dE6"),
    ],
    ["its ARN in another account", (stack) => Secret.fromSecretPartialArn(stack, "S", arn("210987654321", "a")), arn("210987654321", "a")],
  ])("is asked for by %s", (_, secretOf, expected) => expect(readBy(secretOf)).toBe(expected));
});

describe("a guard without tracing", () => {
  it("has no traced function, and no right to write traces", () => {
    const of = synth({ ...PROPS, tracing: false });
    for (const { Properties } of Object.values(of.resources(FUNCTION))) expect(Properties["TracingConfig"]).toBeUndefined();
    expect(JSON.stringify(of.template.toJSON())).not.toContain("xray:");
  });
});

describe("in a Region that is known at synth", () => {
  const warningsIn = (region: string, props: Partial<BlueGreenGuardProps> = {}) => {
    const stack = new Stack(temporaryApp(), "Test", { env: { region } });
    new BlueGreenGuard(stack, "Guard", { ...PROPS, ...props });
    return Annotations.fromStack(stack).findWarning("*", Match.stringLikeRegexp("Set (commands|tracing) to false"));
  };

  it("what it lacks is said before CloudFormation fails on it", () => {
    expect(warningsIn("ap-northeast-1")).toEqual([]);
    expect(warningsIn("cn-north-1")).toHaveLength(2);
    expect(warningsIn("cn-north-1", { commands: false, tracing: false })).toEqual([]);
  });
});
