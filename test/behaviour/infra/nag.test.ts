import { Validations } from "aws-cdk-lib";
import { Queue } from "aws-cdk-lib/aws-sqs";
import { AwsSolutionsChecks } from "cdk-nag";
import { describe, expect, it } from "vitest";
import { PROPS, type Synthesized, synth, withWebhook } from "../../support/infra/synth.ts";

const findings = ({ app }: Synthesized) =>
  new AwsSolutionsChecks(app)
    .validateScope(app)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ resourceLogicalId }) => `${ruleName} ${resourceLogicalId}`),
    );

const ROLE_FINDINGS = [
  "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:rds:<AWS::Region>:<AWS::AccountId>:deployment:*]",
  "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:rds:<AWS::Region>:<AWS::AccountId>:cluster:*]",
  "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:rds:<AWS::Region>:<AWS::AccountId>:cluster-endpoint:*]",
  "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:rds:<AWS::Region>:<AWS::AccountId>:db:*]",
  "AwsSolutions-IAM5[Resource::*]",
];

const found = (resource: string) => `AwsSolutions-IAM5[Resource::${resource}]`;
const ofRds = (name: string) => found(`arn:<AWS::Partition>:rds:<AWS::Region>:<AWS::AccountId>:${name}`);
const CREATED = ["cluster-pg", "pg", "og", "subgrp", "secgrp"].map((kind) => ofRds(`${kind}:*`));
const GREEN = ["cluster", "db", "cluster-endpoint"].map((kind) => ofRds(`${kind}:*-green-*`));
const KEYS = found("arn:<AWS::Partition>:kms:<AWS::Region>:<AWS::AccountId>:key/*");

describe("cdk-nag's AwsSolutions", () => {
  it.each([
    ["as it is", PROPS],
    ["with wider names", { ...PROPS, greenNames: ["*-green-*", "*"] }],
    ["with a webhook", withWebhook],
    ["without operations", { ...PROPS, operations: false }],
  ])("find nothing in the guard %s", (_, props) => expect(findings(synth(props))).toEqual([]));

  it("would find a queue without TLS", () => {
    const guard = synth();
    new Queue(guard.stack, "Open");
    expect(findings(guard)).toEqual(expect.arrayContaining([expect.stringContaining("AwsSolutions-SQS4")]));
  });

  it("leave out what is acknowledged, by construct, each with a reason", () => {
    const guard = synth();
    const { app } = guard;
    const executions = ["Recreate", "Switchover"].map((name) =>
      found(`<${guard.id("AWS::Lambda::Function", `GuardOperations${name}Function`)}.Arn>:*`),
    );
    const acknowledged = app.node
      .findAll()
      .flatMap((construct) =>
        construct.node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) =>
            Object.entries(data as Record<string, string>).map(([id, reason]) => ({ at: construct.node.path, id, reason })),
          ),
      );
    const of = (at: string, ids: string[]) =>
      ids.map((id) => ({ at, id: expect.stringContaining(id), reason: expect.stringMatching(/^\S+( \S+){7,}\.$/) }));
    expect(acknowledged).toEqual([
      ...of("Test/Guard/SlackSecret", ["AwsSolutions-SMG4"]),
      ...of("Test/Guard/Watch/Role", [...ROLE_FINDINGS, ...executions]),
      ...of("Test/Guard/Sweep/Role", [...ROLE_FINDINGS, ...executions]),
      ...of("Test/Guard/Routes/DeadLetters", ["AwsSolutions-SQS3"]),
      ...of("Test/Guard/Schedule/DeadLetters", ["AwsSolutions-SQS3"]),
      ...of("Test/Guard/Operations/Requests/DeadLetters", ["AwsSolutions-SQS3"]),
      ...of("Test/Guard/Operations/SwitchoverRequests/DeadLetters", ["AwsSolutions-SQS3"]),
      ...of("Test/Guard/Operations/Ends/DeadLetters", ["AwsSolutions-SQS3"]),
      ...of("Test/Guard/Operations/Recreate/Role", [...ROLE_FINDINGS, ...CREATED, ...GREEN, ofRds("cluster-snapshot:*"), KEYS]),
      ...of("Test/Guard/Operations/Switchover/Role", ROLE_FINDINGS),
      ...of("Test/Guard/Operations/Release/Role", [...ROLE_FINDINGS, ...executions]),
      ...of("Test/Guard/Operations/ExecutionsPolicy", executions),
      ...of("Test/Guard/Operations/SwitchoverExecutionsPolicy", executions),
      ...of("Test/Guard/Commands/DeadLetters", ["AwsSolutions-SQS3"]),
      ...of("Test/Guard/Commands/Answer/Role", [...ROLE_FINDINGS, ":cluster-pg:*", ":pg:*", ...executions]),
    ]);
  });
});
