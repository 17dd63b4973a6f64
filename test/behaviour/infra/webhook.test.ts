import type { Stack } from "aws-cdk-lib";
import { Key } from "aws-cdk-lib/aws-kms";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { beforeAll, describe, expect, it } from "vitest";
import { matchesPattern } from "../../../local/event-pattern.ts";
import { MAX_RECEIVE_COUNT } from "../../../src/handlers/backoff.ts";
import { readWebhookSettings } from "../../../src/settings/webhook.ts";
import { statementsOfRole } from "../../support/infra/iam.ts";
import { listOf, PROPS, type Resource, type Synthesized, synth, synthesized, withWebhook } from "../../support/infra/synth.ts";

const FUNCTION = "AWS::Lambda::Function";
const QUEUE = "AWS::SQS::Queue";

let guard: Synthesized;
beforeAll(() => {
  guard = synth(withWebhook);
});

const resourcesOf = ({ template }: Synthesized) => template.toJSON()["Resources"] as Record<string, Resource>;
const variablesOf = (of: Synthesized, start: string) =>
  (of.properties(FUNCTION, start)["Environment"] as { Variables: Record<string, string> }).Variables;

describe("without a webhook", () => {
  it("nothing of it is made, and no function is told of it", () => {
    const { template } = synthesized();
    expect(JSON.stringify(template.toJSON())).not.toMatch(/webhook|ALL_FACTS_ON_BUS/i);
  });

  it("everything else is the same, but for the dashboard and the variable that has all facts published", () => {
    const without = resourcesOf(synthesized());
    const others = Object.entries(resourcesOf(guard)).filter(
      ([id]) => !id.startsWith("GuardWebhook") && !id.startsWith("GuardAlarmsWebhook"),
    );
    const same = others.map(([id, resource]) => {
      if (resource.Type === "AWS::CloudWatch::Dashboard") return [id, without[id]];
      return [id, JSON.parse(JSON.stringify(resource).replace('"ALL_FACTS_ON_BUS":"true",', "").replace(',"ALL_FACTS_ON_BUS":"true"', ""))];
    });
    // A version's id is a digest of its function.
    const isVersion = ([, { Type }]: [string, Resource]) => Type === "AWS::Lambda::Version";
    const left = (all: [string, Resource][]) =>
      all.filter((it) => !isVersion(it)).map(([id, it]) => [id, JSON.stringify(it).replaceAll(VERSION, "")]);
    expect(left(same as [string, Resource][])).toEqual(left(Object.entries(without)));
  });
});

const VERSION = /CurrentVersion[0-9A-F]+\w*/g;

describe("a webhook", () => {
  const rule = () =>
    guard.properties("AWS::Events::Rule", "GuardWebhookRule") as { EventPattern: object; Targets: Record<string, unknown>[] };

  it("gets facts from the guard's bus, and no request for an operation", () => {
    const event = (detail: object) => ({ source: "bluegreen-guard", "detail-type": "any", detail });
    expect(matchesPattern({ ...rule().EventPattern }, event({ factId: "5d7a3f0c9be14a86" }))).toBe(true);
    expect(matchesPattern({ ...rule().EventPattern }, event({ requestId: "5d7a3f0c" }))).toBe(false);
    expect(matchesPattern({ ...rule().EventPattern }, { ...event({ factId: "5d7a3f0c9be14a86" }), source: "another" })).toBe(false);
  });

  it("is fed by a queue that EventBridge fills for a day, and that keeps what fails for two", () => {
    const arn = (start: string) => ({ "Fn::GetAtt": [guard.id(QUEUE, start), "Arn"] });
    const [queue, deadLetters] = [arn("GuardWebhookFactsQueue"), arn("GuardWebhookFactsDeadLetters")];
    expect(rule().Targets).toMatchObject([
      {
        Arn: queue,
        DeadLetterConfig: { Arn: deadLetters },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    ]);
    expect(guard.properties(QUEUE, "GuardWebhookFactsQueue")).toMatchObject({
      RedrivePolicy: { deadLetterTargetArn: deadLetters, maxReceiveCount: MAX_RECEIVE_COUNT },
      VisibilityTimeout: 180,
    });
    expect(guard.properties("AWS::Lambda::EventSourceMapping", "GuardWebhook")).toMatchObject({
      EventSourceArn: queue,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      BatchSize: 10,
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it("has a function that knows its secret and its queues, and nothing of Slack, the table and RDS", () => {
    const variables = variablesOf(guard, "GuardWebhookFunction");
    const deployed = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [
        name,
        typeof value === "string" ? value : "https://sqs.ap-northeast-1.amazonaws.com/1/q",
      ]),
    );
    expect(Object.keys(readWebhookSettings(deployed)).sort()).toEqual(["deadLettersUrl", "queueUrl", "webhookSecret"]);
    expect(Object.keys(variables).length).toBe(3);
    const services = statementsOfRole(guard, "GuardWebhookRole").flatMap(({ Action }) => listOf(Action).map((it) => it.split(":")[0]));
    expect([...new Set(services)].sort()).toEqual(["logs", "secretsmanager", "sqs"]);
  });

  it("has every other function put all facts on the bus", () => {
    for (const start of ["GuardWatchFunction", "GuardSweepFunction", "GuardOperationsRecreateFunction"])
      expect(variablesOf(guard, start)["ALL_FACTS_ON_BUS"]).toBe("true");
  });

  it("reads a secret with a key of its own, and that key alone", () => {
    const key = (stack: Stack, name: string) =>
      Secret.fromSecretAttributes(stack, name, {
        secretCompleteArn: `arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:${name}-aB3dE6`,
        encryptionKey: Key.fromKeyArn(stack, `${name}Key`, `arn:aws:kms:ap-northeast-1:123456789012:key/${name}`),
      });
    const keyed = synth((stack) => ({ ...PROPS, slackSecret: key(stack, "slack"), webhookSecret: key(stack, "hook") }));
    const decrypts = statementsOfRole(keyed, "GuardWebhookRole").filter(({ Action }) => listOf(Action).includes("kms:Decrypt"));
    expect(decrypts.map(({ Resource }) => Resource)).toEqual(["arn:aws:kms:ap-northeast-1:123456789012:key/hook"]);
  });
});
