import { expect, it } from "vitest";
import { databasesUrl, databaseUrl, eventsUrl, lagUrl, logGroupUrl } from "../../../src/deployments/console-links.ts";

const CLUSTER = "arn:aws:rds:ap-northeast-1:123456789012:cluster:orders";
const INSTANCE = "arn:aws:rds:ap-northeast-1:123456789012:db:orders-1";

// Source of the form: links in public runbooks, such as "#database:id=api-prod;is-cluster=true;tab=monitoring".
it("a database has its own page, and a tab with its logs and events", () => {
  expect(databaseUrl(CLUSTER)).toBe(
    "https://ap-northeast-1.console.aws.amazon.com/rds/home?region=ap-northeast-1#database:id=orders;is-cluster=true",
  );
  expect(databaseUrl(INSTANCE, "logs-and-events")).toBe(
    "https://ap-northeast-1.console.aws.amazon.com/rds/home?region=ap-northeast-1#database:id=orders-1;is-cluster=false;tab=logs-and-events",
  );
});

it("what has no page of its own has no link", () => {
  expect(databaseUrl("arn:aws:rds:ap-northeast-1:123456789012:cluster-endpoint:reports")).toBeUndefined();
  expect(databaseUrl("orders")).toBeUndefined();
});

// Source of the hosts: AWS Management Console in the China Regions and in AWS GovCloud (US), their user guides.
it.each([
  ["arn:aws-cn:rds:cn-north-1:123456789012:db:x", "https://cn-north-1.console.amazonaws.cn/rds/home?region=cn-north-1#event-list:"],
  [
    "arn:aws-us-gov:rds:us-gov-west-1:123456789012:db:x",
    "https://us-gov-west-1.console.amazonaws-us-gov.com/rds/home?region=us-gov-west-1#event-list:",
  ],
])("the console follows the partition of %s", (arn, url) => expect(eventsUrl(arn)).toBe(url));

it("nothing is linked in a partition whose console nobody here knows, and nothing strange gets into an address", () => {
  expect(databasesUrl("arn:aws-iso:rds:us-iso-east-1:123456789012:db:x")).toBeUndefined();
  expect(databasesUrl("arn:aws:rds:evil.example/:123456789012:db:x")).toBeUndefined();
  expect(databaseUrl("arn:aws:rds:eu-west-1:123456789012:db:a;is-cluster=true|x>")).toBeUndefined();
});

it("a lag's graph shows the metric of one instance", () => {
  expect(lagUrl(INSTANCE, { name: "OldestReplicationSlotLag", instance: "orders-1" })).toBe(
    "https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1#metricsV2:graph=" +
      "~(view~'timeSeries~metrics~(~(~'AWS*2fRDS~'OldestReplicationSlotLag~'DBInstanceIdentifier~'orders-1))~region~'ap-northeast-1~stat~'Maximum~period~60~start~'-PT3H~end~'P0D)",
  );
});

it("a log group is named as the console writes it, escaped twice", () => {
  expect(logGroupUrl(CLUSTER, "/aws/lambda/watch")).toBe(
    "https://ap-northeast-1.console.aws.amazon.com/cloudwatch/home?region=ap-northeast-1#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fwatch",
  );
});
