import { CreateBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { expect, test } from "vitest";
import { createLabRds } from "../../../../lab/rds/rds.ts";
import { VirtualClock } from "../../../../local/clock.ts";
import { ARTICLE_CREATE, ARTICLE_IDS, addArticleCluster, startLab } from "../../../support/lab/rds.ts";

test("an event travels in EventBridge's envelope, with the tags its source has and time cut to seconds", async () => {
  const lab = await startLab();
  addArticleCluster(lab.rds);
  lab.rds.nextCreation = { ids: ARTICLE_IDS };
  await lab.story(async () => {
    await lab.client.send(new CreateBlueGreenDeploymentCommand({ ...ARTICLE_CREATE, Tags: [{ Key: "team", Value: "orders" }] }));
    await lab.minutes(40);
  });
  const arn = "arn:aws:rds:ap-northeast-1:123456789012:deployment:bgd-hy5ntvomddiv89r8";
  expect(lab.delivered.at(-1)).toEqual({
    version: "0",
    id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
    "detail-type": "RDS Blue Green Deployment Event",
    source: "aws.rds",
    account: "123456789012",
    time: "2024-02-05T06:40:53Z",
    region: "ap-northeast-1",
    resources: [arn],
    detail: {
      EventCategories: ["creation"],
      SourceType: "BLUE_GREEN_DEPLOYMENT",
      SourceArn: arn,
      Date: "2024-02-05T06:40:53.781Z",
      Message:
        "Blue/green deployment tasks completed. You can make more modifications to the green environment databases or switch over the deployment.",
      SourceIdentifier: "bgd-hy5ntvomddiv89r8",
      EventID: "RDS-EVENT-0244",
      Tags: { team: "orders" },
    },
  });
  expect(JSON.stringify(lab.delivered)).not.toMatch(/"origin"|recorded/);
});

test("an event that AWS's tables do not have carries no EventID and the category empty", async () => {
  const lab = await startLab();
  lab.rds.record({
    sourceType: "DB_INSTANCE",
    sourceIdentifier: "db-1",
    message: "Performance Insights has been enabled",
    origin: "recorded",
  });
  await lab.rds.delivered();
  expect(lab.delivered[0]?.["detail-type"]).toBe("RDS DB Instance Event");
  expect(lab.delivered[0]?.detail).toEqual({
    EventCategories: ["empty"],
    SourceType: "DB_INSTANCE",
    SourceArn: "arn:aws:rds:ap-northeast-1:123456789012:db:db-1",
    Date: "2024-02-05T06:10:00.000Z",
    Message: "Performance Insights has been enabled",
    SourceIdentifier: "db-1",
  });
  expect(lab.rds.history[0]?.origin).toBe("recorded");
});

test("events are delivered one after the other in their order, however long each takes", async () => {
  const clock = new VirtualClock(0);
  const seen: string[] = [];
  const rds = createLabRds({
    clock,
    async deliver({ detail }) {
      seen.push(`${detail.Message} begins`);
      await clock.until(clock.now() + 60_000);
      seen.push(`${detail.Message} ends`);
    },
  });
  for (const message of ["first", "second"]) rds.record({ sourceType: "CLUSTER", sourceIdentifier: "db-cluster", message });
  await rds.delivered();
  expect(seen).toEqual(["first begins", "first ends", "second begins", "second ends"]);
});

test("a delivery that fails is told and does not hold up the next one", async () => {
  const errors: unknown[] = [];
  const seen: string[] = [];
  const rds = createLabRds({
    clock: new VirtualClock(0),
    async deliver({ detail }) {
      if (detail.Message === "first") throw new Error("not today");
      seen.push(detail.Message);
    },
    onError: (error) => errors.push(error),
  });
  for (const message of ["first", "second"]) rds.record({ sourceType: "CLUSTER", sourceIdentifier: "db-cluster", message });
  await rds.delivered();
  expect(seen).toEqual(["second"]);
  expect(errors).toEqual([new Error("not today")]);
});
