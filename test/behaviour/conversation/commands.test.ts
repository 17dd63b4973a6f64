import { createHash } from "node:crypto";
import { DeleteBlueGreenDeploymentCommand, DescribeBlueGreenDeploymentsCommand } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { buttonsOf } from "../../../lab/slack/sending.ts";
import { messageText } from "../../../lab/slack/text.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { openRequests } from "../../../src/operations/requests.ts";
import {
  COLLEAGUE,
  commandForm,
  DEVELOPER,
  idle,
  ONCALL,
  openSlackLab,
  postForeign,
  type SlackLab,
  send,
} from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { readings, told, wholeText, withoutDetails } from "../../support/lab/stage.ts";
import { ready } from "../../support/operations/switching.ts";

/** A lab with the deployment orders-15, which is ready. */
async function withDeployment(
  policy: Parameters<typeof openSlackLab>[0] = {},
  { isWatched = false } = {},
): Promise<SlackLab & { id: string }> {
  const lab = await openSlackLab(policy, { isWatched });
  const id = await ready(lab, "orders");
  await lab.settled();
  return { ...lab, id };
}

const minutes = (lab: SlackLab, count: number) => lab.clock.work(() => pass(lab, count * MINUTE));

/** The request that was confirmed last. */
async function confirmed(lab: SlackLab): Promise<OperationRequest | undefined> {
  const requestId = String(lab.lines("Audit").findLast(({ what }) => what === "confirmed")?.["requestId"]);
  return lab.records.read<OperationRequest>(requestKey(requestId));
}

describe("status", () => {
  it("shows every deployment with phase, versions, age, what happened last and what to do next", async () => {
    const lab = await withDeployment({}, { isWatched: true });
    const text = await lab.type("/bluegreen");
    expect(text).toMatch(/^One blue\/green deployment\n\*orders-15\* · Ready to switch over\n/);
    expect(text).toContain("aurora-postgresql 14.10 → 15.5");
    expect(text).toMatch(/1 h( \d+ min)? old · last: Ready to switch over, 2024-02-05/);
    expect(text).toContain("*Next:* Test green, then switch over in a quiet hour: `/bluegreen switchover orders-15`");
    expect(await lab.type("/bluegreen status", DEVELOPER)).toBe(text);
  });

  it("shows one in full with what a switchover needs, by the beginning of its name, to anybody", async () => {
    const lab = await withDeployment({}, { isWatched: true });
    const text = await lab.type("/bluegreen status ord", DEVELOPER);
    expect(text).toMatch(/^orders-15 · Ready to switch over/);
    expect(text).toMatch(/\*What a switchover needs\*\n9 of 10 pass\.\n• \*Warning\*: Sequences are synchronised/);
    expect(await lab.type(`/bluegreen status ${lab.id}`)).toBe(text);
  });

  it("alone takes a beginning: what changes something says whose it is, and that the whole name is needed", async () => {
    const lab = await withDeployment();
    const needsAll = new RegExp(
      `One deployment begins with "ord"\\. What changes something takes the whole name or the id:\n> orders-15 \\(${lab.id}\\)`,
    );
    expect(await lab.type("/bluegreen recreate ord")).toMatch(needsAll);
    expect(await lab.type("/bluegreen switchover ord")).toMatch(needsAll);
    expect(await lab.type("/bluegreen cancel ord")).toContain("there is nothing to stop");
    await lab.type("/bluegreen switchover orders-15");
    await lab.press("confirm");
    expect(await lab.type("/bluegreen cancel ord")).toMatch(needsAll);
    await minutes(lab, 20);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Switchover"]);
  });

  it("says where there is nothing, and lists what there is where the name means none or several", async () => {
    const lab = await openSlackLab({}, { isWatched: false });
    expect(await lab.type("/bluegreen")).toContain("RDS lists no blue/green deployment in this account and region.");
    await ready(lab, "orders");
    await ready(lab, "ordersold");
    expect(await lab.type("/bluegreen status orders")).toMatch(
      /Several deployments begin with "orders"\. Say which:\n> orders-15 \(bgd-\w+\)\n> ordersold-15/,
    );
    expect(await lab.type("/bluegreen recreate nix")).toMatch(/no blue\/green deployment with the name or id "nix"\. RDS lists:\n> orders/);
    expect(await lab.type("/bluegreen switchover <!channel>*`_")).toContain('name or id "<!channel>*`_"');
    expect(JSON.stringify(lab.slack.ephemeral.at(-1))).not.toContain("<!channel>");
    expect(lab.changes().filter((change) => change !== "Create")).toEqual([]);
  });
});

describe("a plan", () => {
  it("of a switchover is shown to its asker alone, and is done once they confirm it; the thread, the record and the log say who", async () => {
    const lab = await withDeployment({}, { isWatched: true });
    const plan = await lab.type("/bluegreen switchover orders-15 600");
    expect(plan).toMatch(/^Switch orders-15 over\?/);
    expect(plan).toContain("After 600 s it rolls back.");
    expect(lab.slack.ephemeral.map(({ onlyFor }) => onlyFor)).toEqual([ONCALL]);
    expect(await lab.press("confirm")).toContain("The switchover of orders-15 begins.");
    // Once decided the buttons go.
    expect(messageText(lab.slack.ephemeral[0] ?? {})).not.toContain("[ ");
    await minutes(lab, 20);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Switchover"]);
    const request = await confirmed(lab);
    expect(request).toMatchObject({
      requestedBy: { name: "oncall", id: "U0ONCALL" },
      via: "slack",
      timeoutSeconds: 600,
      outcome: { result: "done" },
    });
    expect(told(lab)).toContain("  Being switched over");
    // RDS says so as well, and one message tells both.
    expect(told(lab).filter((it) => /^ {2}(The guard has s|S)witched over$/.test(it))).toHaveLength(1);
    expect(readings(lab).join("\n")).toContain("Asked for by @U0ONCALL");
    expect(lab.lines("Audit")).toEqual([
      expect.objectContaining({ what: "confirmed", by: "oncall (U0ONCALL)" }),
      expect.objectContaining({ what: "ended", by: "oncall (U0ONCALL)", result: "done" }),
    ]);
    expect(lab.lines("Operation").at(-1)).toMatchObject({ requestedBy: "oncall (U0ONCALL)", step: "done" });
  });

  it("of a recreation names what is deleted and created, the checks and how long it takes; cancelled, nothing happens", async () => {
    const lab = await withDeployment({}, { isWatched: true });
    const plan = await lab.type("/bluegreen recreate orders-15");
    for (const words of [
      "Delete blue/green deployment `orders-15`",
      "orders-green-",
      "Create blue/green deployment `orders-15-",
      "14 of 14 pass.",
      "building green took",
    ]) {
      expect(plan).toContain(words);
    }
    expect(await lab.press("dismiss")).toContain("nothing was changed");
    await expect(lab.press("confirm")).rejects.toThrow("no button confirm");
    await minutes(lab, 60);
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("is used once, however often its button is pressed", async () => {
    const lab = await withDeployment();
    await lab.type("/bluegreen switchover orders-15");
    const plan = lab.slack.ephemeral.at(-1)?.ts ?? "";
    await Promise.all([
      lab.slack.sending.press(plan, "confirm", ONCALL),
      lab.slack.sending.press(plan, "confirm", ONCALL),
      lab.press("confirm"),
    ]);
    await minutes(lab, 20);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Switchover"]);
    expect(lab.lines("Audit").filter(({ what }) => what === "confirmed")).toHaveLength(1);
  });

  it("expires after half an hour", async () => {
    const lab = await withDeployment();
    await lab.type("/bluegreen recreate orders-15");
    await minutes(lab, 31);
    expect(await lab.press("confirm")).toMatch(
      /older than 30 minutes, so nothing was done\.\nType `\/bluegreen recreate bgd-\w+` for a new one\./,
    );
    await minutes(lab, 60);
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("whose state has changed is shown anew instead of being done", async () => {
    const lab = await withDeployment();
    await lab.type("/bluegreen switchover orders-15");
    const [green] =
      (await lab.aws.send(new DescribeBlueGreenDeploymentsCommand({}))).BlueGreenDeployments?.[0]?.Target?.split(":").slice(-1) ?? [];
    lab.rds.change(green ?? "", { engineVersion: "15.6" });
    const shown = await lab.press("confirm");
    expect(shown).toContain("Things have changed since the plan that you confirmed. Nothing was done");
    expect(shown).toContain("[ Switch over ]");
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("of a deployment that has vanished meanwhile is not done, and says so", async () => {
    const lab = await withDeployment();
    await lab.type("/bluegreen recreate orders-15");
    await lab.clock.work(() =>
      lab.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: lab.id, DeleteTarget: true })),
    );
    await minutes(lab, 30 - 1);
    expect(await lab.press("confirm")).toContain("RDS does not list the deployment: there is nothing to");
    expect(lab.changes()).toEqual(["Create", "Delete"]);
  });

  it("of a recreation for which a field is missing names each, why, and the terminal's command that gives it", async () => {
    const lab = await openSlackLab({}, { isWatched: false });
    lab.rds.faults.failCreation("of incompatible parameter settings");
    await ready(lab, "orders");
    const reply = await lab.type("/bluegreen recreate orders-15");
    expect(reply).toMatch(/The cluster parameter group \(--target-cluster-parameter-group\) is not known: The creation failed at \w+, so/);
    expect(reply).toMatch(/The instance parameter group \(--target-parameter-group\) is not known: The creation failed at \w+, so/);
    expect(reply).toMatch(
      /at a terminal: `npx bluegreen-guard recreate orders-15 .*--target-cluster-parameter-group GROUP --target-parameter-group GROUP`$/,
    );
    expect(reply).not.toContain("[ ");
  });

  it("that is not ready cannot be confirmed, and says why", async () => {
    const lab = await withDeployment();
    lab.rds.runDdl("orders", "ALTER TABLE");
    const plan = await lab.type("/bluegreen switchover orders-15");
    expect(plan).toMatch(/It cannot be done\. It is not ready: see the checks marked FAIL\./);
    expect(plan).toContain("*FAIL*");
    expect(plan).not.toContain("[ Switch over ]");
  });

  it("is refused while another operation is under way, and cancel stops that one before it begins", async () => {
    const lab = await withDeployment({ approvals: 1 });
    await lab.type("/bluegreen switchover orders-15");
    await lab.press("confirm");
    expect(await lab.type("/bluegreen recreate orders-15", COLLEAGUE)).toContain("waits for another operator's approval");
    expect(await lab.type("/bluegreen cancel orders-15", COLLEAGUE)).toContain("It had not begun, and will not.");
    expect(await lab.type("/bluegreen cancel orders-15", COLLEAGUE)).toContain("there is nothing to stop");
    expect(lab.changes()).toEqual(["Create"]);
  });
});

describe("who may", () => {
  it.each(["recreate orders", "switchover orders", "cancel orders"])("not: somebody who is no operator, of %s", async (words) => {
    const lab = await withDeployment();
    expect(await lab.type(`/bluegreen ${words}`, DEVELOPER)).toContain(
      "You are not one of the guard's operators: only they may have it change something.",
    );
    expect(lab.lines("Refused")).toEqual([
      { from: "slack", by: "developer (U0DEVELOPER)", what: words.split(" ")[0], reason: "no operator" },
    ]);
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("nobody, where no operator is named: the setting is", async () => {
    const lab = await withDeployment({ operators: [] });
    expect(await lab.type("/bluegreen recreate orders-15")).toMatch(
      /Nobody may have the guard change anything from Slack yet: it has no operators\.\n.*`operators`.*SLACK_OPERATORS/,
    );
  });

  it("a member of a named user group, asked for once in five minutes; nobody of it while Slack does not say", async () => {
    const lab = await withDeployment();
    const asked = () => lab.slack.calls.filter(({ method }) => method === "usergroups.users.list").length;
    lab.slack.faults.next({ kind: "http", status: 500 }, { method: "usergroups.users.list" });
    expect(await lab.type("/bluegreen recreate orders-15", COLLEAGUE)).toContain(
      "Slack did not say who belongs to the operators' user groups",
    );
    expect(await lab.type("/bluegreen recreate orders-15", COLLEAGUE)).toMatch(/^Recreate orders-15\?/);
    expect(await lab.type("/bluegreen switchover orders-15", COLLEAGUE)).toMatch(/^Switch orders-15 over\?/);
    expect(asked()).toBe(2);
    await minutes(lab, 6);
    await lab.type("/bluegreen switchover orders-15", COLLEAGUE);
    expect(asked()).toBe(3);
  });

  it("nobody of another workspace, and nobody in a channel that is not named", async () => {
    const lab = await withDeployment({ commandChannels: ["C0ELSEWHERE"] });
    expect(await lab.type("/bluegreen status")).toContain("The guard takes no commands in this channel. Type it in #C0ELSEWHERE.");
    await send(lab.slackUrl() ?? "", commandForm({ team_id: "T0OTHER", channel_id: "C0ELSEWHERE" }));
    const refused = { from: "slack", by: "oncall (U0ONCALL)", reason: "another workspace or channel" };
    await expect.poll(() => lab.lines("Refused").slice(0, 2)).toEqual([refused, refused]);
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("not the presser of another's plan", async () => {
    const lab = await withDeployment();
    await lab.type("/bluegreen recreate orders-15");
    const [button] = lab.slack.ephemeral.flatMap(buttonsOf);
    await postForeign(lab, "confirm", String(button?.["value"]));
    expect(await lab.press("confirm", COLLEAGUE)).toContain("This plan is not yours to decide on.");
    expect(lab.lines("Refused")).toEqual([expect.objectContaining({ by: "colleague (U0COLLEAGUE)", reason: "not the asker's plan" })]);
    expect(lab.changes()).toEqual(["Create"]);
  });
});

describe("an approval", () => {
  it("by another operator lets it begin; the channel, the thread and the record say who asked and who approved", async () => {
    const lab = await withDeployment({ approvals: 1 }, { isWatched: true });
    expect(await lab.type("/bluegreen switchover orders-15")).toContain("Another operator has to approve it in the channel");
    expect(await lab.press("confirm")).toContain("Another operator has to approve it now");
    await minutes(lab, 5);
    expect(lab.changes()).toEqual(["Create"]);
    expect(await lab.press("approve", ONCALL)).toContain("You asked for this, so you cannot approve it");
    expect(await lab.press("approve", DEVELOPER)).toContain("You are not one of the guard's operators");
    expect(await lab.press("approve", COLLEAGUE)).toContain("The switchover of orders-15 begins.");
    await minutes(lab, 20);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Switchover"]);
    const texts = readings(lab).join("\n");
    expect(texts).toContain("Approved by @U0COLLEAGUE: it begins.");
    expect(texts).toContain("Asked for by @U0ONCALL, approved by @U0COLLEAGUE");
    expect(texts).not.toContain("[ Approve ]");
    expect(await confirmed(lab)).toMatchObject({
      requestedBy: { name: "oncall", id: "U0ONCALL" },
      approvedBy: { by: { name: "colleague", id: "U0COLLEAGUE" } },
      outcome: { result: "done" },
    });
    expect(lab.lines("Audit").map(({ what, by }) => `${what} ${by}`)).toEqual([
      "confirmed oncall (U0ONCALL)",
      "approved colleague (U0COLLEAGUE)",
      "ended oncall (U0ONCALL)",
    ]);
  });

  it("that is refused, or comes too late, changes nothing, and its buttons go", async () => {
    const lab = await withDeployment({ approvals: 1 });
    await lab.type("/bluegreen switchover orders-15");
    await lab.press("confirm");
    expect(await lab.press("reject", COLLEAGUE)).toContain("Rejected: nothing was changed.");
    await lab.type("/bluegreen switchover orders-15");
    await lab.press("confirm");
    await minutes(lab, 31);
    expect(await lab.press("approve", COLLEAGUE)).toContain("Nobody answered within 30 minutes; nothing was done.");
    await minutes(lab, 20);
    expect(lab.changes()).toEqual(["Create"]);
    expect(readings(lab).join("\n")).not.toContain("[ Approve ]");
  });
});

describe("a card's button", () => {
  it("does what the command does", async () => {
    const lab = await withDeployment({}, { isWatched: true });
    expect(await lab.press("switchover")).toMatch(/^Switch orders-15 over\?/);
    expect(await lab.press("switchover", DEVELOPER)).toContain("You are not one of the guard's operators");
    lab.rds.runDdl("orders", "ALTER TABLE");
    await minutes(lab, 1);
    await lab.settled();
    await expect(lab.press("switchover")).rejects.toThrow("no button switchover");
    expect(await lab.press("recreate")).toMatch(/^Recreate orders-15\?/);
  });

  it("on a message that is not the deployment's card does nothing and says so", async () => {
    const lab = await withDeployment({}, { isWatched: true });
    await postForeign(lab, "recreate", lab.id);
    expect(await lab.press("recreate")).toContain("This button belongs to an outdated message, so nothing was done.");
    expect(lab.changes()).toEqual(["Create"]);
  });
});

describe("what the policy announces", () => {
  it("anybody in the channel may hold; then it does not begin, and the button goes", async () => {
    const lab = await withDeployment({ onDegraded: "recreate" }, { isWatched: true });
    lab.rds.runDdl("orders", "ALTER TABLE");
    await minutes(lab, 2);
    await lab.settled();
    expect(told(lab)).toContain("  Will be deleted and created again");
    expect(await lab.press("hold", DEVELOPER)).toContain("On hold: the guard does not recreate `orders-15` by itself");
    await minutes(lab, 60);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create"]);
    const texts = readings(lab).join("\n");
    expect(texts).toContain("@U0DEVELOPER put it on hold");
    expect(texts).not.toContain("[ Hold ]");
    expect(lab.lines("Audit")).toEqual([
      expect.objectContaining({ what: "held", by: "developer (U0DEVELOPER)" }),
      expect.objectContaining({ what: "ended", by: "policy", result: "cancelled" }),
    ]);
  });

  it("can be held no more once it has begun", async () => {
    const lab = await withDeployment({ onDegraded: "recreate" }, { isWatched: true });
    lab.rds.runDdl("orders", "ALTER TABLE");
    await minutes(lab, 2);
    await lab.settled();
    const announcement = withoutDetails(lab).find((it) => messageText(it).includes("Will be deleted"))?.ts ?? "";
    await minutes(lab, 60);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Delete", "Create"]);
    expect(
      wholeText(
        lab,
        withoutDetails(lab).find(({ ts }) => ts === announcement),
      ),
    ).not.toContain("[ Hold ]");
  });
});

describe("when it goes wrong", () => {
  it("a failure tells the asker to look and to try again, and leaves the function with it", async () => {
    const lab = await withDeployment();
    lab.rds.faults.serverError({ times: 30, action: "DescribeBlueGreenDeployments" });
    expect(await lab.type("/bluegreen status")).toMatch(/Something went wrong, so this may not have been done\.\nSee how things stand/);
  });

  it("a request that Slack delivers twice is answered once", async () => {
    const lab = await withDeployment();
    const response_url = lab.slack.sending.address({ user: ONCALL, channel: "C0BLUEGREEN" });
    const body = commandForm({ text: "cancel orders-15", response_url });
    for (const _ of [1, 2, 3]) {
      await send(lab.slackUrl() ?? "", body);
      await idle(lab);
    }
    expect(lab.slack.ephemeral.map(messageText)).toEqual([expect.stringContaining("there is nothing to stop")]);
    const copy = { from: "slack", by: "oncall (U0ONCALL)", reason: "a copy of what was answered" };
    expect(lab.lines("Refused")).toEqual([copy, copy]);
  });

  it("where the function died in the middle of it, its next try tells the asker to look and to try again, and does not do it", async () => {
    const lab = await withDeployment();
    const body = commandForm({
      text: "switchover orders-15",
      response_url: lab.slack.sending.address({ user: ONCALL, channel: "C0BLUEGREEN" }),
    });
    // What a run leaves that has begun and not ended.
    const key = `slack#${createHash("sha256").update(body).digest("hex").slice(0, 40)}`;
    await lab.records.write({ key, version: 0 });
    await send(lab.slackUrl() ?? "", body);
    await expect
      .poll(() => lab.slack.ephemeral.map(messageText))
      .toEqual([expect.stringContaining("The guard stopped in the middle of this")]);
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("what cannot be put on the bus is not begun later, and can be asked for again", async () => {
    const lab = await withDeployment();
    await lab.type("/bluegreen switchover orders-15");
    lab.bus.failNext(1);
    expect(await lab.press("confirm")).toContain("Something went wrong");
    await minutes(lab, 60);
    expect(lab.changes()).toEqual(["Create"]);
    expect(await openRequests(lab.records)).toEqual([]);
    await lab.type("/bluegreen switchover orders-15");
    expect(await lab.press("confirm")).toContain("begins");
    await minutes(lab, 20);
    expect(lab.changes()).toEqual(["Create", "Switchover"]);
  });
});
