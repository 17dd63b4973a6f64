import { SecretValue } from "aws-cdk-lib";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { beforeAll, describe, expect, it } from "vitest";
import { Opsgenie } from "../../../docs/examples/opsgenie.ts";
import { PagerDuty } from "../../../docs/examples/pagerduty.ts";
import { matchesPattern as matches } from "../../../local/event-pattern.ts";
import { PROPS, type Synthesized, synth } from "../../support/infra/synth.ts";

/** A fact as the guard puts it on its bus, in EventBridge's envelope. */
const DEGRADED = {
  source: "bluegreen-guard",
  "detail-type": "Deployment Degraded",
  account: "123456789012",
  region: "ap-northeast-1",
  detail: {
    deploymentId: "bgd-hy5ntvomddiv89r8",
    deploymentName: "blue-green",
    blue: "db-cluster",
    source: "arn:aws:rds:ap-northeast-1:123456789012:cluster:db-cluster",
    occurredAt: "2024-02-05T08:40:26.000Z",
    factId: "5d7a3f0c9be14a86",
    message: 'He said "no", \\ and went.',
  },
};

let made: Synthesized;
beforeAll(() => {
  made = synth(PROPS, ({ stack, guard }) => {
    new PagerDuty(stack, "PagerDuty", { bus: guard.bus, integrationKey: SecretValue.secretsManager("pagerduty/bluegreen") });
    new Opsgenie(stack, "Opsgenie", { bus: guard.bus, authorization: Secret.fromSecretNameV2(stack, "Key", "opsgenie/bluegreen") });
  });
});

interface Target {
  DeadLetterConfig: object;
  InputTransformer: { InputPathsMap: Record<string, string>; InputTemplate: string };
}

/** What a rule sends of an event, as EventBridge fills in its template; undefined if the rule does not match. */
function sent(rule: string, event: object): Record<string, unknown> | undefined {
  const { EventPattern, EventBusName, Targets } = made.properties("AWS::Events::Rule", rule) as {
    EventPattern: Parameters<typeof matches>[0];
    EventBusName: object;
    Targets: [Target];
  };
  expect(JSON.stringify(EventBusName)).toContain("GuardBus");
  const [{ DeadLetterConfig, InputTransformer }] = Targets;
  expect(DeadLetterConfig).toBeDefined();
  if (!matches(EventPattern, event)) return undefined;
  const { InputPathsMap, InputTemplate } = InputTransformer;
  // Within quotes EventBridge puts a value's text, elsewhere its JSON. Source: EventBridge User Guide, "Amazon EventBridge input transformation".
  const text = InputTemplate.replace(/"(?:[^"\\]|\\.)*"|<([\w-]+)>/g, (part, alone?: string) => {
    if (alone !== undefined) return JSON.stringify(valueAt(event, InputPathsMap[alone] ?? ""));
    return part.replace(/<([\w-]+)>/g, (_, name: string) =>
      JSON.stringify(String(valueAt(event, InputPathsMap[name] ?? "") ?? "")).slice(1, -1),
    );
  });
  return JSON.parse(text) as Record<string, unknown>;
}

const valueAt = (event: object, path: string): unknown =>
  path
    .slice("$.".length)
    .split(".")
    .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], event);

describe("PagerDuty", () => {
  it("gets one incident for each blue database, with what its Events API v2 requires", () => {
    expect(sent("PagerDutyTrigger", DEGRADED)).toEqual({
      event_action: "trigger",
      dedup_key: "123456789012/ap-northeast-1/db-cluster",
      client: "Blue/Green Guard",
      payload: {
        summary: "Deployment Degraded: blue-green on db-cluster",
        source: "bgd-hy5ntvomddiv89r8",
        severity: "error",
        timestamp: "2024-02-05T08:40:26.000Z",
        group: "123456789012",
        custom_details: DEGRADED.detail,
      },
    });
  });

  it("has it resolved under the same key, also by the deployment that was created in its place", () => {
    const ready = { ...DEGRADED, "detail-type": "Deployment Ready", detail: { ...DEGRADED.detail, deploymentId: "bgd-new" } };
    expect(sent("PagerDutyTrigger", ready)).toBeUndefined();
    expect(sent("PagerDutyResolve", ready)).toMatchObject({ event_action: "resolve", dedup_key: "123456789012/ap-northeast-1/db-cluster" });
  });

  it("hears nothing of what needs nobody", () => {
    const started = { ...DEGRADED, "detail-type": "Operation Started" };
    for (const rule of ["PagerDutyTrigger", "PagerDutyResolve"]) expect(sent(rule, started)).toBeUndefined();
  });

  it("keeps its key out of the template", () => {
    const connection = JSON.stringify(made.properties("AWS::Events::Connection", "PagerDuty"));
    expect(connection).toContain("X-Routing-Key");
    expect(connection).toContain("{{resolve:secretsmanager:pagerduty/bluegreen");
  });
});

it("Opsgenie gets an alert with the fields of its Alert API", () => {
  expect(sent("OpsgenieAlert", DEGRADED)).toEqual({
    message: "Deployment Degraded: blue-green",
    alias: "123456789012/ap-northeast-1/db-cluster",
    description: DEGRADED.detail.message,
    entity: DEGRADED.detail.source,
    source: "Blue/Green Guard",
    priority: "P2",
    details: { account: "123456789012", region: "ap-northeast-1", factId: "5d7a3f0c9be14a86" },
  });
  expect(JSON.stringify(made.properties("AWS::Events::ApiDestination", "Opsgenie"))).toContain("https://api.opsgenie.com/v2/alerts");
});
