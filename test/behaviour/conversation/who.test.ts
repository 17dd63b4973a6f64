import { describe, expect, it } from "vitest";
import { DBA_GROUP } from "../../../lab/slack/people.ts";
import { type OperationRequest, requestIdOf } from "../../../src/operations/request.ts";
import { amendRequest, openRequests } from "../../../src/operations/requests.ts";
import { COLLEAGUE, DEVELOPER, ONCALL, openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { readings } from "../../support/lab/stage.ts";
import { ready } from "../../support/operations/switching.ts";
import { inWords } from "../../support/operations/words.ts";

const minutes = (lab: SlackLab, count: number) => lab.clock.work(() => pass(lab, count * MINUTE));
const texts = (lab: SlackLab) => readings(lab).join("\n");

async function withDeployment(policy: Parameters<typeof openSlackLab>[0] = {}): Promise<SlackLab> {
  const lab = await openSlackLab(policy, { isWatched: false });
  await ready(lab, "orders");
  return lab;
}

describe("an operator is asked for again at the decision:", () => {
  it("who has left the group since the plan cannot confirm it", async () => {
    const lab = await withDeployment();
    await lab.type("/bluegreen switchover orders-15", COLLEAGUE);
    lab.slack.groups[DBA_GROUP] = [];
    expect(await lab.press("confirm", COLLEAGUE)).toContain("You are not one of the guard's operators");
    await minutes(lab, 20);
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("what somebody asked for who has left the group cannot be approved", async () => {
    const lab = await withDeployment({ approvals: 1 });
    await lab.type("/bluegreen switchover orders-15", COLLEAGUE);
    await lab.press("confirm", COLLEAGUE);
    lab.slack.groups[DBA_GROUP] = [];
    expect(await lab.press("approve", ONCALL)).toContain("@U0COLLEAGUE is no operator any more, so nothing was done.");
    await minutes(lab, 20);
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("while Slack does not say it of the asker, nothing is approved; then it is", async () => {
    const lab = await withDeployment({ approvals: 1 });
    await lab.type("/bluegreen switchover orders-15", COLLEAGUE);
    await lab.press("confirm", COLLEAGUE);
    lab.slack.faults.next({ kind: "http", status: 503 }, { method: "usergroups.users.list" });
    expect(await lab.press("approve", ONCALL)).toContain("Slack did not say whether @U0COLLEAGUE is an operator still");
    expect(await lab.press("approve", ONCALL)).toContain("The switchover of orders-15 begins.");
  });

  it("whoever has become an operator since can approve at once", async () => {
    const lab = await withDeployment({ approvals: 1 });
    await lab.type("/bluegreen switchover orders-15");
    await lab.press("confirm");
    expect(await lab.press("approve", DEVELOPER)).toContain("You are not one of the guard's operators");
    lab.slack.groups[DBA_GROUP] = [DEVELOPER];
    expect(await lab.press("approve", DEVELOPER)).toContain("The switchover of orders-15 begins.");
  });
});

describe("going on with a recreation that created nothing", () => {
  /** A recreation that an operator asked for and another approved, and that was stopped before it created anything. */
  async function halfDone(approvedMinutesAgo: number): Promise<SlackLab> {
    const lab = await withDeployment({ approvals: 1 });
    lab.rds.runDdl("orders", "ALTER TABLE");
    await minutes(lab, 2);
    await lab.type("/bluegreen recreate orders-15");
    await lab.press("confirm");
    lab.rds.hasten(5);
    await lab.press("approve", COLLEAGUE);
    await minutes(lab, 1);
    await lab.type("/bluegreen cancel orders-15");
    await minutes(lab, 30);
    await lab.settled();
    lab.rds.hasten(600);
    const [request] = await openRequests(lab.records);
    const at = new Date(lab.clock.now() - approvedMinutesAgo * MINUTE).toISOString();
    await amendRequest(lab.records, requestIdOf(request?.key ?? "") ?? "", (it) => ({
      ...it,
      approvedBy: it.approvedBy && { ...it.approvedBy, at },
    }));
    expect(lab.changes()).toEqual(["Create", "Delete"]);
    return lab;
  }

  it("needs no second approval within the hour of the first, whose giver is an operator still", async () => {
    const lab = await halfDone(59);
    expect(await lab.type("/bluegreen recreate orders-15")).toContain("Create orders-15 again?");
    expect(await lab.press("confirm")).toContain("The recreation of orders-15 begins.");
    await minutes(lab, 60);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Delete", "Create"]);
  });

  it("needs one after the hour, of somebody else than who asks, and the button says what for", async () => {
    const lab = await halfDone(60);
    await lab.type("/bluegreen recreate orders-15", COLLEAGUE);
    expect(await lab.press("confirm", COLLEAGUE)).toContain("Another operator has to approve it now");
    expect(texts(lab)).toContain("@U0COLLEAGUE wants to finish the recreation of orders-15");
    expect(await lab.press("approve", COLLEAGUE)).toContain("You asked for this, so you cannot approve it");
    await minutes(lab, 5);
    expect(lab.changes()).toEqual(["Create", "Delete"]);
    expect(await lab.press("approve", ONCALL)).toContain("The recreation of orders-15 begins.");
    await minutes(lab, 60);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Delete", "Create"]);
  });

  it("needs one if who approved has left the operators, or asks now", async () => {
    const lab = await halfDone(10);
    await lab.type("/bluegreen recreate orders-15", COLLEAGUE);
    expect(await lab.press("confirm", COLLEAGUE)).toContain("Another operator has to approve it now");
    expect(await lab.press("reject", ONCALL)).toContain("Rejected");
    lab.slack.groups[DBA_GROUP] = [];
    await lab.type("/bluegreen recreate orders-15");
    expect(await lab.press("confirm")).toContain("Another operator has to approve it now");
  });

  it("that Slack could ask nobody to approve says still what is deleted, and stays to be gone on with", async () => {
    const lab = await halfDone(60);
    await lab.type("/bluegreen recreate orders-15");
    lab.slack.faults.next({ kind: "error", error: "not_in_channel" }, { method: "chat.postMessage" });
    await lab.press("confirm").catch(() => undefined);
    const [request] = await openRequests(lab.records);
    expect(inWords(request?.outcome)).toMatchObject({
      result: "failed",
      text: expect.stringContaining("nothing was created in its place"),
    });
    expect(await lab.type("/bluegreen recreate orders-15")).toContain("Create orders-15 again?");
  });

  it.each<[string, Partial<OperationRequest>, string]>([
    ["creation", { creationBegunAt: "2024-02-05T06:00:00Z" }, "It is not known whether RDS has begun to create `orders-15"],
    ["deletion", { deletedAt: undefined }, "RDS has not said that it deletes `orders-15`"],
  ])("whose %s RDS has not answered does not say that it is done, to whoever approves and whoever asks", async (_call, state, words) => {
    const lab = await halfDone(60);
    const [before] = await openRequests(lab.records);
    await amendRequest(lab.records, requestIdOf(before?.key ?? "") ?? "", (it) => ({ ...it, ...state }));
    await lab.type("/bluegreen recreate orders-15");
    await lab.press("confirm");
    expect(texts(lab)).toContain(words);
    await minutes(lab, 31);
    const asked = await lab.type("/bluegreen recreate orders-15");
    expect(asked).toContain(words);
    expect(asked).not.toContain("in its place");
  });

  it("that nobody approves stays to be gone on with", async () => {
    const lab = await halfDone(60);
    await lab.type("/bluegreen recreate orders-15");
    await lab.press("confirm");
    await minutes(lab, 31);
    expect(await lab.type("/bluegreen recreate orders-15")).toContain("Create orders-15 again?");
    expect(await openRequests(lab.records)).toMatchObject([{ approved: false }]);
    expect(lab.changes()).toEqual(["Create", "Delete"]);
  });
});

describe("in every channel in which the guard posts, though commands are taken in another one alone,", () => {
  const elsewhere = { commandChannels: ["C0OPSOPS1"] };

  it("what the policy announces can be held", async () => {
    const lab = await openSlackLab({ ...elsewhere, onDegraded: "recreate", settleMinutes: 30 }, { isWatched: true });
    await ready(lab, "orders");
    await lab.clock.work(async () => {
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, 5 * MINUTE);
    });
    await lab.settled();
    expect(await lab.press("hold", DEVELOPER)).toContain("On hold: the guard does not recreate `orders-15`");
    await minutes(lab, 120);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("a card's button shows the plan, which can be confirmed, approved and rejected there", async () => {
    const lab = await openSlackLab({ ...elsewhere, approvals: 1 }, { isWatched: true });
    await ready(lab, "orders");
    await lab.settled();
    expect(await lab.type("/bluegreen switchover orders-15")).toContain("The guard takes no commands in this channel.");
    for (const press of ["reject", "approve"]) {
      expect(await lab.press("switchover")).toMatch(/^Switch orders-15 over\?/);
      expect(await lab.press("confirm")).toContain("Another operator has to approve it now");
      expect(await lab.press(press, COLLEAGUE)).not.toContain("takes no commands");
    }
    await minutes(lab, 20);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Switchover"]);
  });
});
