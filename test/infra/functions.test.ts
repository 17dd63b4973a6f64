import { Stack } from "aws-cdk-lib";
import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { beforeAll, describe, expect, it } from "vitest";
import { FUNCTIONS } from "../../infra/bundle-folder.ts";
import { BlueGreenGuard, type BlueGreenGuardProps } from "../../infra/index.ts";
import { TELL_BUDGET_MS as SWEEP_TELL_MS } from "../../src/handlers/sweep.ts";
import { TELL_BUDGET_MS as WATCH_TELL_MS } from "../../src/handlers/watch.ts";
import { readSettings, VARIABLES } from "../../src/settings.ts";
import { PROPS, type Synthesized, synth, temporaryApp } from "./synth.ts";

const FUNCTION = "AWS::Lambda::Function";
const POWERTOOLS = ["POWERTOOLS_SERVICE_NAME", "POWERTOOLS_METRICS_NAMESPACE", "POWERTOOLS_LOG_LEVEL"];

let guard: Synthesized;
let other: Synthesized;
beforeAll(async () => {
  guard = await synth();
  other = await synth((stack) => ({
    slackChannel: PROPS.slackChannel,
    slackSecret: Secret.fromSecretNameV2(stack, "Given", "team/slack"),
    watch: "tagged",
    stuckAfterHours: 12,
    logRetention: RetentionDays.ONE_WEEK,
  }));
}, 60_000);

describe.each(FUNCTIONS)("the %s function", (name) => {
  const start = `Guard${name === "watch" ? "Watch" : "Sweep"}`;
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
    const budget = name === "watch" ? WATCH_TELL_MS : SWEEP_TELL_MS;
    expect(Number(properties()["Timeout"]) * 1_000).toBeGreaterThanOrEqual(budget + 15_000);
  });

  it("is given exactly the variables that are read", () => {
    const { slackApiUrl: _, ...read } = VARIABLES;
    expect(Object.keys(environment()).sort()).toEqual([...Object.values(read), ...POWERTOOLS].sort());
  });

  it("accepts its environment as settings", () => {
    expect(readSettings(deployed(guard, environment()))).toMatchObject({ slackChannel: "C0123456789", watch: "all", stuckAfterHours: 6 });
    expect(readSettings(deployed(other, environment(other)))).toMatchObject({ watch: "tagged", stuckAfterHours: 12 });
  });

  it("reads the secret that it is given, whose last six characters nobody knows", () => {
    other.template.resourceCountIs("AWS::SecretsManager::Secret", 0);
    expect(JSON.stringify(environment(other)[VARIABLES.slackSecret])).toContain(":secret:team/slack");
    const policies = Object.values(other.resources("AWS::IAM::Policy")).map((policy) => JSON.stringify(policy));
    expect(policies.filter((policy) => policy.includes(":secret:team/slack-??????")).length).toBe(FUNCTIONS.length);
  });
});

/** The environment as it may be after the deployment, when AWS has put in what the template refers to. */
function deployed(of: Synthesized, environment: Record<string, unknown>): Record<string, string> {
  const filled = Object.entries(environment).map(([name, value]) => {
    if (typeof value === "string") return [name, value];
    const { Ref } = value as { Ref?: string };
    const isQueue = Ref !== undefined && of.resources("AWS::SQS::Queue")[Ref] !== undefined;
    return [name, isQueue ? `https://sqs.example.com/123456789012/${Ref}` : JSON.stringify(value)];
  });
  return Object.fromEntries(filled);
}

describe("a prop that is refused", () => {
  const make = (props: Partial<BlueGreenGuardProps>) => () =>
    new BlueGreenGuard(new Stack(temporaryApp(), "Test"), "Guard", { ...PROPS, ...props });

  it.each([
    [{ slackChannel: "#general" }, /^slackChannel takes a channel's id, such as C0123456789.*; received "#general"\.$/],
    [{ slackChannel: "" }, /^slackChannel takes .*; received ""\.$/],
    [{ watch: "some" as "all" }, /^watch takes "all" or "tagged"; received "some"\.$/],
    [{ stuckAfterHours: 0 }, /^stuckAfterHours takes a number of hours, 1 to 336; received "0"\.$/],
    [{ stuckAfterHours: 337 }, /^stuckAfterHours .*337/],
    [{ alarmEmail: "nobody" }, /^alarmEmail takes an e-mail address; received "nobody"\.$/],
  ])("is named with what it takes: %j", (props, message) => expect(make(props)).toThrow(message));
});
