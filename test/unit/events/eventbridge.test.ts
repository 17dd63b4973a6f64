import { describe, expect, it } from "vitest";
import { fromDescribeEvents } from "../../../src/events/describe-events.ts";
import { fromEventBridge } from "../../../src/events/eventbridge.ts";
import { deliveryKey } from "../../../src/events/rds-event.ts";
import { UnreadableEventError } from "../../../src/events/unreadable-event-error.ts";
import { first, instance, joined } from "../../support/deployments/upgrade.ts";
import { recorded } from "../../support/recorded.ts";

const row = {
  SourceIdentifier: "bgd-hy5ntvomddiv89r8",
  SourceType: "blue-green-deployment",
  Message:
    "Blue/green deployment tasks completed. You can make more modifications to the green environment databases or switch over the deployment.",
  EventCategories: ["creation"],
  Date: "2024-02-05T06:40:41.207000+00:00",
  SourceArn: "arn:aws:rds:ap-northeast-1:123456789012:deployment:bgd-hy5ntvomddiv89r8",
};

function errorOf(read: () => unknown): UnreadableEventError {
  try {
    read();
  } catch (error) {
    if (error instanceof UnreadableEventError) return error;
    throw error;
  }
  throw new Error("It was read.");
}

describe("an RDS event", () => {
  it("is the same whether EventBridge delivered it or DescribeEvents listed it, but for id and tags", () => {
    const delivered = fromEventBridge(recorded("tasks-completed"));
    const listed = fromDescribeEvents(row);
    expect({ ...delivered, eventId: undefined, tags: {} }).toEqual({ ...listed, eventId: undefined });
    expect(deliveryKey(delivered)).toBe(deliveryKey(listed));
  });

  // Source: RDS User Guide, sample events of 2018.
  it("is found by its ARN's name where its identifier has another form, whichever way it comes", () => {
    const arn = "arn:aws:rds:us-east-1:123456789012:db:my-db-instance-green-rkfbpe";
    const listed = { ...recorded("replication-stopped-with-prefix").detail, SourceType: "db-instance" };
    const events = [
      fromEventBridge(recorded("replication-stopped-with-prefix")),
      fromEventBridge(recorded("replication-stopped-with-prefix", { SourceArn: undefined })),
      fromDescribeEvents(listed),
      fromDescribeEvents({ ...listed, SourceIdentifier: "my-db-instance-green-rkfbpe" }),
    ];
    expect(events.map(({ sourceIdentifier }) => sourceIdentifier)).toEqual(Array(4).fill("my-db-instance-green-rkfbpe"));
    expect(new Set(events.map(deliveryKey)).size).toBe(1);
    const pair = { source: instance("my-db-instance"), target: arn };
    const deployment = first({ ...pair, members: [pair], createTime: "2018-09-20T21:18:51.183Z" });
    for (const event of events) expect(joined(event, deployment)).toBe(deployment.id);
  });

  it("keeps a snapshot's identifier, which has a colon in its ARN too, and an identifier without an ARN", () => {
    expect(fromEventBridge(recorded("snapshot")).sourceIdentifier).toBe("rds:db-cluster-2024-02-05-05-00");
    const { resources: _, ...envelope } = recorded("replication-stopped-with-prefix", { SourceArn: undefined });
    expect(fromEventBridge(envelope).sourceIdentifier).toBe("rds:my-db-instance-green-rkfbpe");
  });

  it("is read from the SDK's row, whose date is a Date", () => {
    expect(fromDescribeEvents({ ...row, Date: new Date("2024-02-05T06:40:41.207Z") }).date).toBe("2024-02-05T06:40:41.207Z");
  });

  it.each([
    ["EventID", undefined, "eventId", undefined],
    ["EventID", null, "eventId", undefined],
    ["EventID", "RDS-EVENT-9999", "eventId", "RDS-EVENT-9999"],
    ["EventCategories", ["empty"], "categories", []],
    ["EventCategories", undefined, "categories", []],
    ["EventCategories", null, "categories", []],
    ["Tags", undefined, "tags", {}],
    ["Tags", null, "tags", {}],
    ["SourceArn", undefined, "sourceArn", undefined],
    ["SourceType", "CUSTOM_ENGINE_VERSION", "sourceType", "custom-engine-version"],
  ])("is read with %s %j", (field, value, property, expected) => {
    expect(fromEventBridge(recorded("tasks-completed", { [field]: value }))).toHaveProperty(property, expected);
  });

  it.each([
    ["detail.Message", recorded("tasks-completed", { Message: undefined })],
    ["detail.Date", recorded("tasks-completed", { Date: "yesterday" })],
    ["detail.SourceIdentifier", recorded("tasks-completed", { SourceIdentifier: "" })],
    ["detail.SourceType", recorded("tasks-completed", { SourceType: 7 })],
    ["source", { ...recorded("tasks-completed"), source: "aws.ec2" }],
    ["detail-type", { ...recorded("tasks-completed"), "detail-type": undefined }],
    ["detail", { ...recorded("tasks-completed"), detail: "text" }],
    ["(event)", "not an event"],
    ["(event)", null],
  ])("is refused for %s, by that field's name and with the cause", (field, input) => {
    const error = errorOf(() => fromEventBridge(input));
    expect(error.field).toBe(field);
    expect(error.message).toContain(`${field}:`);
    expect(error.cause).toMatchObject({ issues: [{}] });
  });

  it("is refused with the value that was received", () => {
    expect(errorOf(() => fromEventBridge(recorded("tasks-completed", { Date: "yesterday" }))).message).toContain('"yesterday"');
    expect(errorOf(() => fromDescribeEvents({ ...row, Message: undefined })).message).toContain("received nothing");
  });
});
