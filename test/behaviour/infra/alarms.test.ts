import { readFileSync } from "node:fs";
import { Annotations, Match } from "aws-cdk-lib/assertions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { beforeAll, describe, expect, it } from "vitest";
import { METRICS_NAMESPACE, SERVICE } from "../../../src/clients/names.ts";
import { PROPS, type Synthesized, statementsIn, synth, withWebhook } from "../../support/infra/synth.ts";

const ALARM = "AWS::CloudWatch::Alarm";
const RUNBOOK = readFileSync(new URL("../../../docs/runbook.md", import.meta.url), "utf8");

let guard: Synthesized;
beforeAll(() => {
  guard = synth(withWebhook);
});

/** The alarms that reach a person: not those of which another is made. */
const alarms = (of = guard) => {
  const composite = of.resources("AWS::CloudWatch::CompositeAlarm");
  const parts = JSON.stringify(composite);
  const own = Object.entries(of.resources(ALARM)).filter(([id]) => !parts.includes(`"${id}"`));
  return [...own, ...Object.entries(composite)].map(([, { Properties }]) => Properties);
};
const descriptions = () => alarms().map((alarm) => String(alarm["AlarmDescription"]));

describe("the runbook", () => {
  /** An article by its heading's anchor, as GitHub makes it, with the article's own headings. */
  const articles = new Map(
    RUNBOOK.split(/^## /m)
      .slice(1)
      .map((article) => {
        const [heading = ""] = article.split("\n");
        return [
          heading
            .toLowerCase()
            .replaceAll(/[^\w\- ]/g, "")
            .replaceAll(" ", "-"),
          [...article.matchAll(/^### (.+)$/gm)].map((it) => it[1]),
        ];
      }),
  );

  it("has an article for each alarm, and an alarm for each article", () => {
    const named = descriptions().map((text) => /docs\/runbook\.md#([\w-]+)$/.exec(text)?.[1]);
    expect(named.length).toBe(29);
    expect([...articles.keys()].sort()).toEqual([...named].sort());
  });

  it("has each alarm tried by a name that begins with the stack's, which CloudFormation gives where none is given", () => {
    const tried = RUNBOOK.slice(RUNBOOK.indexOf("To try an alarm"), RUNBOOK.indexOf("\n## "));
    expect(tried).toContain('--alarm-name-prefix "$STACK"');
    expect(Object.values(guard.resources(ALARM)).filter(({ Properties }) => "AlarmName" in Properties)).toEqual([]);
    expect(alarms().flatMap(({ AlarmName }) => AlarmName ?? [])).toEqual([expect.stringMatching(/SweepStoppedOnceSeen/)]);
  });

  it("says in each what it is, how to look into it, and how to end it", () => {
    for (const headings of articles.values()) expect(headings).toEqual(["Description", "Investigation", "Resolution"]);
  });

  it("names in its commands the outputs that the stack has", () => {
    const outputs = Object.keys(guard.template.toJSON()["Outputs"]).map((name) => name.replace("BlueGreenGuard", ""));
    const used = [...RUNBOOK.matchAll(/\$\(name (\w+)\)/g)].map((it) => it[1]);
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((name) => !outputs.includes(String(name)))).toEqual([]);
  });
});

describe("each alarm", () => {
  it("says in a sentence what happened", () => {
    for (const text of descriptions()) expect(text).toMatch(/^Blue\/Green Guard: [A-Z][^.]+\. What to do: docs\/runbook\.md#/);
  });

  it("reaches the topic when it begins and when it is over", () => {
    const topic = [{ Ref: guard.id("AWS::SNS::Topic", "Guard") }];
    for (const alarm of alarms()) expect(alarm).toMatchObject({ AlarmActions: topic, OKActions: topic });
  });
});

describe("the alarms", () => {
  const idOf = (start: string) =>
    Object.keys(guard.resources(ALARM)).find((id) => new RegExp(`^GuardAlarms${start}[0-9A-F]{8}$`).test(id)) ?? "";
  const alarm = (start: string) => guard.resources(ALARM)[idOf(start)]?.Properties ?? {};

  it("watch how executions end, each end by Lambda's own metric of the function", () => {
    const ends = { ExecutionFailed: "Failed", ExecutionTimedOut: "TimedOut", ExecutionStopped: "Stopped" };
    const functions = { "": "Recreate", Switchover: "Switchover" };
    const all = Object.entries(functions).flatMap(([prefix, name]) =>
      Object.entries(ends).map(([start, end]) => [`${prefix}${start}`, end, name]),
    );
    for (const [start = "", end, name] of all) {
      expect(alarm(start)).toMatchObject({
        Namespace: "AWS/Lambda",
        MetricName: `DurableExecution${end}`,
        Dimensions: [{ Name: "FunctionName", Value: { Ref: guard.id("AWS::Lambda::Function", `GuardOperations${name}Function`) } }],
        Statistic: "Sum",
        Threshold: 1,
        TreatMissingData: "notBreaching",
      });
    }
  });

  it("watch every dead-letter queue", () => {
    const queues = Object.keys(guard.resources("AWS::SQS::Queue")).filter((id) => id.includes("DeadLetters"));
    expect(queues.length).toBe(8);
    const watched = alarms().filter((it) => it["MetricName"] === "ApproximateNumberOfMessagesVisible");
    const names = watched.map((it) => (it["Dimensions"] as { Value: { "Fn::GetAtt": string[] } }[])[0]?.Value["Fn::GetAtt"][0]);
    expect(names.sort()).toEqual(queues.sort());
    for (const it of watched) expect(it).toMatchObject({ Threshold: 1, ComparisonOperator: "GreaterThanOrEqualToThreshold" });
  });

  it("count messages that come back later too, which SQS's age leaves out from their third receive on", () => {
    const metrics = alarm("MessagesWaiting")["Metrics"] as { Expression?: string; MetricStat?: { Metric: { MetricName: string } } }[];
    expect(metrics.map((it) => it.Expression ?? it.MetricStat?.Metric.MetricName)).toEqual([
      "visible + returning",
      "ApproximateNumberOfMessagesVisible",
      "ApproximateNumberOfMessagesNotVisible",
    ]);
    expect(alarm("OldMessages")).toMatchObject({ MetricName: "ApproximateAgeOfOldestMessage", Threshold: 900 });
  });

  it("watch how long ago the oldest fact happened that is not told, and whether a record cannot be kept", () => {
    const namespace = { Namespace: "BlueGreenGuard", Dimensions: [{ Name: "service", Value: "bluegreen-guard" }] };
    expect(alarm("OldestUntold")).toMatchObject({ ...namespace, MetricName: "OldestUntold", Statistic: "Maximum", Threshold: 900 });
    expect(alarm("UnwritableRecords")).toMatchObject({ ...namespace, MetricName: "RecordsUnwritable", Statistic: "Sum", Threshold: 1 });
  });

  it("take a sweep of which nothing is known for one that stopped", () => {
    expect(alarm("SweepStopped")).toMatchObject({
      MetricName: "Invocations",
      TreatMissingData: "breaching",
      ComparisonOperator: "LessThanThreshold",
      Threshold: 1,
      Period: 300,
      EvaluationPeriods: 3,
    });
  });

  it("do not take a sweep that has not begun yet for one that stopped: one alarm remembers the first, and goes off never", () => {
    expect(alarm("SweepStoppedSeen")).toMatchObject({
      MetricName: "Invocations",
      Dimensions: alarm("SweepStopped")["Dimensions"],
      // What is missing leaves the state as it was: INSUFFICIENT_DATA before the first data, and OK after it.
      TreatMissingData: "ignore",
      ComparisonOperator: "LessThanThreshold",
      Threshold: 0,
    });
    const [composite] = Object.values(guard.resources("AWS::CloudWatch::CompositeAlarm"));
    const arn = (start: string) => ({ "Fn::GetAtt": [idOf(start), "Arn"] });
    expect(composite?.Properties["AlarmRule"]).toEqual({
      "Fn::Join": ["", ['(ALARM("', arn("SweepStopped"), '") AND OK("', arn("SweepStoppedSeen"), '"))']],
    });
    for (const part of ["SweepStopped", "SweepStoppedSeen"]) expect(alarm(part)).not.toHaveProperty("AlarmActions");
  });

  it("watch the errors of each function, of the one behind a Function URL those that its caller saw", () => {
    const errors = alarms().filter((it) => it["MetricName"] === "Errors" || it["MetricName"] === "Url5xxCount");
    const functions = errors.map((it) => (it["Dimensions"] as { Value: { Ref: string } }[])[0]?.Value.Ref);
    expect(functions.sort()).toEqual(Object.keys(guard.resources("AWS::Lambda::Function")).sort());
  });

  it("read what the functions count under the name that they give it", () => {
    expect(alarm("UnknownEvents")).toMatchObject({
      MetricName: "UnknownEvents",
      Namespace: METRICS_NAMESPACE,
      Dimensions: [{ Name: "service", Value: SERVICE }],
    });
  });
});

describe("the topic", () => {
  it("is made for an address, and takes alarms of this account over TLS alone", () => {
    guard.template.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "email", Endpoint: "oncall@example.com" });
    expect(statementsIn(guard, "AWS::SNS::TopicPolicy", "Allow")).toMatchObject([
      {
        Action: "sns:Publish",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } } },
      },
    ]);
    expect(statementsIn(guard, "AWS::SNS::TopicPolicy", "Deny")).toMatchObject([
      { Action: "sns:Publish", Condition: { Bool: { "aws:SecureTransport": "false" } } },
    ]);
  });

  it("that is given is the one that is used, with the address where there is one", () => {
    const arn = "arn:aws:sns:ap-northeast-1:123456789012:oncall";
    const given = synth((stack) => ({ ...PROPS, alarmTopic: Topic.fromTopicArn(stack, "Given", arn) }));
    given.template.resourceCountIs("AWS::SNS::Topic", 0);
    given.template.hasResourceProperties("AWS::SNS::Subscription", { TopicArn: arn, Endpoint: "oncall@example.com" });
    for (const it of alarms(given)) expect(it["AlarmActions"]).toEqual([arn]);
  });

  it("that is missing is warned of, and the alarms are there all the same", () => {
    const silent = synth((stack) => ({ ...withWebhook(stack), alarmEmail: undefined }));
    expect(alarms(silent).length).toBe(alarms().length);
    const warnings = (of: Synthesized) =>
      Annotations.fromStack(of.stack).findWarning("*", Match.stringLikeRegexp("Set alarmEmail or alarmTopic"));
    expect(warnings(silent).length).toBe(1);
    expect(warnings(guard)).toEqual([]);
  });
});

const ENDS = ["Started", "Succeeded", "Failed", "TimedOut", "Stopped"].map((end) => `DurableExecution${end}`);

describe("the dashboard", () => {
  it("shows what was counted, what waits and what failed", () => {
    const body = JSON.stringify(guard.resources("AWS::CloudWatch::Dashboard"));
    const counted = ["EventsSeen", "FactsTold", "UnknownEvents", "ForeignEvents", "EventsFailed"];
    for (const metric of [
      ...counted,
      "ApproximateAgeOfOldestMessage",
      "ApproximateNumberOfMessagesVisible",
      "Errors",
      "Duration",
      ...ENDS,
    ]) {
      expect(body).toContain(`\\"${metric}\\"`);
    }
    for (const queue of Object.keys(guard.resources("AWS::SQS::Queue"))) expect(body).toContain(queue);
  });
});
