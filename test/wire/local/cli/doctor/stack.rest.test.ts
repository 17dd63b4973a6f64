import { describe, expect, it } from "vitest";
import { type DoctorLab, openDoctorLab } from "../../../../support/local/doctor-lab.ts";

async function said(lab: DoctorLab, status: string) {
  if (lab.account.stack) lab.account.stack.status = status;
  return (await lab.doctor({}, ["stack"])).get("stack");
}

describe("doctor says of the guard's stack what to do:", () => {
  it("to wait only while CloudFormation is at work", async () => {
    const lab = await openDoctorLab();
    for (const status of ["UPDATE_IN_PROGRESS", "UPDATE_ROLLBACK_IN_PROGRESS", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"])
      expect(await said(lab, status)).toMatchObject({ result: "fail", todo: "Run doctor again once the deploy has ended." });
    for (const status of ["UPDATE_ROLLBACK_FAILED", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED", "DELETE_FAILED"])
      expect((await said(lab, status))?.todo).not.toMatch(/once the deploy has ended|wait/);
  });

  it("to have a failed rollback continued", async () => {
    expect(await said(await openDoctorLab(), "UPDATE_ROLLBACK_FAILED")).toMatchObject({
      result: "fail",
      todo: expect.stringContaining("aws cloudformation continue-update-rollback --stack-name BlueGreenGuard"),
    });
  });

  it.each(["ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED"])("to delete it after %s", async (status) => {
    const lab = await openDoctorLab();
    if (lab.account.stack) lab.account.stack.template.Outputs = {};
    expect(await said(lab, status)).toMatchObject({
      result: "fail",
      means: expect.stringMatching(/^The stack BlueGreenGuard holds no guard\. .+ can only be deleted\.$/),
      todo: expect.stringContaining("aws cloudformation delete-stack --stack-name BlueGreenGuard"),
    });
  });

  it("to name another where this one is no guard's, and to deploy where a deploy was only prepared", async () => {
    const lab = await openDoctorLab();
    if (lab.account.stack) lab.account.stack.template.Outputs = {};
    expect(await said(lab, "CREATE_COMPLETE")).toMatchObject({ result: "fail", todo: "Name the guard's stack with --stack." });
    expect(await said(lab, "REVIEW_IN_PROGRESS")).toMatchObject({ todo: "Deploy again: npx cdk deploy." });
  });
});

describe("doctor's patterns", () => {
  it.each<[string, Record<string, unknown>]>([
    ["a schedule", { ScheduleExpression: "rate(1 day)" }],
    ["a pattern with an operator that no rule of the guard has", { EventPattern: { detail: { size: [{ numeric: [">", 1] }] } } }],
    ["a pattern that takes every event of RDS", { EventPattern: { source: ["aws.rds"] } }],
  ])("pass where another rule leads to the guard's queue, with %s", async (_, other) => {
    const lab = await openDoctorLab();
    const { Resources = {} } = lab.account.stack?.template ?? {};
    const route = Object.entries(Resources).find(([id, { Type }]) => Type === "AWS::Events::Rule" && id.startsWith("GuardRoutescluster"));
    const { State, Targets } = route?.[1].Properties ?? {};
    Resources["Other"] = { Type: "AWS::Events::Rule", Properties: { State, Targets, ...other } };
    const lines = await lab.doctor({}, ["routes", "patterns"]);
    expect(lines.get("routes")?.came).toBe("4 rules, 4 of them enabled");
    expect(lines.get("patterns")).toMatchObject({ result: "pass", came: "17 of 55 recorded events" });
  });

  it("the lab refuses to test a pattern that its own matcher cannot read, as EventBridge refuses one that it cannot", async () => {
    const lab = await openDoctorLab();
    const answer = await fetch(lab.url, {
      method: "POST",
      headers: {
        authorization: "AWS4-HMAC-SHA256 Credential=lab/20240205/ap-northeast-1/events/aws4_request, SignedHeaders=host, Signature=0",
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSEvents.TestEventPattern",
      },
      body: JSON.stringify({ EventPattern: '{"size":[{"numeric":[">",1]}]}', Event: "{}" }),
    });
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain("InvalidEventPatternException");
  });
});
