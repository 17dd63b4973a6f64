import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { RESPONSE_URL } from "../../../lab/slack/faults.ts";
import { messageText } from "../../../lab/slack/text.ts";
import { recordsInMemory } from "../../../local/records-memory.ts";
import type { Item } from "../../../src/clients/records.ts";
import { begin } from "../../../src/conversation/begin.ts";
import { type BlueItem, blueKey } from "../../../src/operations/claim.ts";
import { newRequest, requestIdOf } from "../../../src/operations/request.ts";
import { amendRequest, openRequests, writeRequest } from "../../../src/operations/requests.ts";
import { COLLEAGUE, commandForm, idle, ONCALL, openSlackLab, type SlackLab, send } from "../../support/conversation/slack-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { readings } from "../../support/lab/stage.ts";
import { ready } from "../../support/operations/switching.ts";

const DENIED = "may not have been done";

const minutes = (lab: SlackLab, count: number) => lab.clock.work(() => pass(lab, count * MINUTE));
const texts = (lab: SlackLab) => readings(lab).join("\n");
const shownTo = (lab: SlackLab) => lab.slack.ephemeral.map(messageText).join("\n");

/** A lab in which a confirmed switchover of orders-15 waits for another operator. */
async function waiting(): Promise<SlackLab> {
  const lab = await openSlackLab({ approvals: 1 }, { isWatched: false });
  await ready(lab, "orders");
  await lab.type("/bluegreen switchover orders-15");
  await lab.press("confirm");
  return lab;
}

// Sources: fivexl/terraform-aws-sso-elevator pull request 175 (a grant is durable, its notifications are best effort);
// getsentry/sentry issues 7955 and 26741 (a response_url answers 404).
describe("what was decided is not denied because the message that asked for it cannot be changed", () => {
  it.each([
    { kind: "error", error: "message_not_found" },
    { kind: "error", error: "edit_window_closed" },
    { kind: "error", error: "cant_update_message" },
    { kind: "error", error: "is_inactive" },
    { kind: "error", error: "token_revoked" },
    { kind: "rate-limited", retryAfterSeconds: 30 },
    { kind: "http", status: 503 },
    { kind: "reset" },
  ] as const)("approved, and Slack says %j", async (fault) => {
    const lab = await waiting();
    lab.slack.faults.next(fault, { method: "chat.update" });
    expect(await lab.press("approve", COLLEAGUE)).toContain("The switchover of orders-15 begins.");
    await minutes(lab, 20);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Switchover"]);
    expect(shownTo(lab)).not.toContain(DENIED);
  });

  it("rejected", async () => {
    const lab = await waiting();
    lab.slack.faults.next({ kind: "error", error: "message_not_found" }, { method: "chat.update" });
    expect(await lab.press("reject", COLLEAGUE)).toContain("Rejected: nothing was changed.");
  });

  it("cancelled", async () => {
    const lab = await waiting();
    lab.slack.faults.next({ kind: "http", status: 500 }, { method: "chat.update" });
    expect(await lab.type("/bluegreen cancel orders-15")).toContain("It had not begun, and will not.");
  });

  it("and a sweep takes the buttons away once Slack takes that, also if it has ended by then", async () => {
    const lab = await waiting();
    lab.slack.faults.next({ kind: "http", status: 503 }, { method: "chat.update", times: 2 });
    await lab.press("reject", COLLEAGUE);
    expect(texts(lab)).toContain("[ Approve ]");
    await lab.clock.work(() => lab.sweep()).catch(() => undefined);
    expect(texts(lab)).toContain("[ Approve ]");
    await lab.clock.work(() => lab.sweep());
    expect(texts(lab)).not.toContain("[ Approve ]");
    expect(texts(lab)).toContain("Rejected by @U0COLLEAGUE: nothing was changed.");
    const updates = () => lab.slack.calls.filter(({ method }) => method === "chat.update").length;
    const before = updates();
    await lab.clock.work(() => lab.sweep());
    expect(updates()).toBe(before);
  });
});

describe("what was decided is shown where it was asked, and as it is", () => {
  /** A recreation that colleague approved, that oncall stopped after green was deleted, and that Slack did not show as approved. */
  async function stoppedAfterDeletion(): Promise<SlackLab> {
    const lab = await openSlackLab({ approvals: 1 }, { isWatched: false });
    await ready(lab, "orders");
    lab.rds.runDdl("orders", "ALTER TABLE");
    await minutes(lab, 2);
    await lab.type("/bluegreen recreate orders-15");
    await lab.press("confirm");
    lab.rds.hasten(5);
    lab.slack.faults.next({ kind: "http", status: 503 }, { method: "chat.update" });
    await lab.press("approve", COLLEAGUE);
    await minutes(lab, 1);
    await lab.type("/bluegreen cancel orders-15");
    await minutes(lab, 30);
    await lab.settled();
    lab.rds.hasten(600);
    expect(lab.changes()).toEqual(["Create", "Delete"]);
    return lab;
  }

  it("what a person stops after it has begun is not said to have changed nothing", async () => {
    const lab = await stoppedAfterDeletion();
    await lab.clock.work(() => lab.sweep());
    expect(texts(lab)).toContain("wants to delete and recreate orders-15*\nApproved by @U0COLLEAGUE: it begins.");
    expect(texts(lab)).not.toContain("nothing was changed");
  });

  it("what Slack did not take of an approval does not decide the next one of the same request", async () => {
    const lab = await stoppedAfterDeletion();
    await lab.type("/bluegreen recreate orders-15", COLLEAGUE);
    expect(await lab.press("confirm", COLLEAGUE)).toContain("Another operator has to approve it now");
    await lab.clock.work(() => lab.sweep());
    expect(texts(lab)).toContain("wants to delete and recreate orders-15*\nApproved by @U0COLLEAGUE: it begins.");
    expect(texts(lab)).toMatch(/wants to finish the recreation of orders-15\*\n1\. [^[]*\[ Approve \]/);
    expect(await lab.press("approve", ONCALL)).toContain("The recreation of orders-15 begins.");
  });

  it("what begins while it is cancelled is not said to have never begun, nor to have changed nothing", async () => {
    const memory = recordsInMemory();
    let begins: (() => Promise<unknown>) | undefined;
    const read: typeof memory.read = async (key) => {
      const item = await memory.read<never>(key);
      const begin = key.startsWith("request#") ? begins : undefined;
      if (begin) begins = undefined;
      await begin?.();
      return item;
    };
    const lab = await openSlackLab({ approvals: 1 }, { isWatched: false, records: { ...memory, read } });
    await ready(lab, "orders");
    await lab.type("/bluegreen switchover orders-15");
    await lab.press("confirm");
    const id = requestIdOf((await openRequests(memory))[0]?.key ?? "") ?? "";
    begins = () => amendRequest(memory, id, (it) => ({ ...it, approved: true, usedBy: "arn" }));
    const answer = await lab.type("/bluegreen cancel orders-15");
    expect(answer).not.toContain("It had not begun");
    expect(answer).toContain("If it is, it stops before its next change to RDS.");
    expect(texts(lab)).not.toContain("nothing was changed");
  });

  it("what was approved and could not be begun is said to be so, to everybody who was asked", async () => {
    const lab = await waiting();
    lab.bus.failNext(10);
    await lab.press("approve", COLLEAGUE);
    lab.bus.failNext(0);
    const how = "Approved by @U0COLLEAGUE. The guard could not send it to its event bus, so it did not begin.";
    expect(texts(lab)).toContain(how);
    expect(texts(lab)).not.toContain("[ Approve ]");
  });
});

describe("what was decided is not denied because the guard's table does not take what is a courtesy", () => {
  async function failingAt(prefix: string) {
    const memory = recordsInMemory();
    const table = { fails: false };
    const write: typeof memory.write = async (item, open) => {
      if (table.fails && item.key.startsWith(prefix)) throw new Error("Throughput exceeded.");
      return memory.write(item, open);
    };
    const lab = await openSlackLab({ approvals: 1 }, { isWatched: true, records: { ...memory, write } });
    await ready(lab, "orders");
    await lab.settled();
    await lab.type("/bluegreen switchover orders-15");
    await lab.press("confirm");
    return { lab, table };
  }

  it("cancelled", async () => {
    const { lab, table } = await failingAt("deployment#");
    table.fails = true;
    expect(await lab.type("/bluegreen cancel orders-15")).toContain("It had not begun, and will not.");
    table.fails = false;
  });

  it("put aside; the next sweep releases the database", async () => {
    const { lab, table } = await failingAt("blue#");
    const [request] = await openRequests(lab.records);
    const outcome = { result: "unclear", said: { code: "nothing-changed" }, at: request?.requestedAt ?? "" } as const;
    await amendRequest(lab.records, requestIdOf(request?.key ?? "") ?? "", (it) => ({ ...it, usedBy: "arn", outcome }));
    const claim = {
      owner: "arn",
      requestId: requestIdOf(request?.key ?? "") ?? "",
      operation: "switchover",
      since: outcome.at,
      unclear: { code: "nothing-changed" },
    };
    const key = blueKey(request?.blue ?? "");
    const stored = await lab.records.read<BlueItem>(key);
    await lab.records.write({ key, version: 0, ...stored, claim } as BlueItem, { rank: "claim" });
    table.fails = true;
    expect(await lab.type("/bluegreen cancel orders-15")).toContain("operations on its database may begin within five minutes.");
    table.fails = false;
    await lab.clock.work(() => lab.sweep());
    expect((await lab.records.read<BlueItem>(key))?.claim).toBeUndefined();
  });
});

describe("what was done is not denied because Slack does not take the answer", () => {
  it.each([{ kind: "http", status: 404 }, { kind: "http", status: 500 }, { kind: "http", status: 307 }, { kind: "reset" }] as const)(
    "%j: it is done, and the answer comes with Lambda's next try",
    async (fault) => {
      const lab = await openSlackLab({}, { isWatched: false });
      await ready(lab, "orders");
      await lab.type("/bluegreen switchover orders-15");
      // The answer, the same as a message of its own, and both with the next try.
      lab.slack.faults.next(fault, { method: RESPONSE_URL, times: 4 });
      await lab.press("confirm");
      await minutes(lab, 20);
      await lab.settled();
      expect(lab.changes()).toEqual(["Create", "Switchover"]);
      expect(shownTo(lab)).toContain("The switchover of orders-15 begins.");
      expect(shownTo(lab)).not.toContain(DENIED);
      expect(lab.lines("Audit").filter(({ what }) => what === "confirmed")).toHaveLength(1);
    },
  );

  it("and says where the message that it replaces is gone", async () => {
    const lab = await openSlackLab({}, { isWatched: false });
    await ready(lab, "orders");
    await lab.type("/bluegreen switchover orders-15");
    lab.slack.faults.next({ kind: "http", status: 404 }, { method: RESPONSE_URL });
    expect(await lab.press("confirm")).toContain("The switchover of orders-15 begins.");
  });

  it("where nobody can tell whether the operators were asked, nothing begins, and that is said", async () => {
    const lab = await openSlackLab({ approvals: 1 }, { isWatched: false });
    await ready(lab, "orders");
    await lab.type("/bluegreen switchover orders-15");
    lab.slack.faults.next({ kind: "reset", accepted: true }, { method: "chat.postMessage" });
    expect(await lab.press("confirm")).toContain(DENIED);
    expect(await lab.press("approve", COLLEAGUE)).toContain("It is decided already");
    await minutes(lab, 20);
    expect(lab.changes()).toEqual(["Create"]);
  });

  it("what has begun is not said to be undone because the event bus's answer was lost", async () => {
    const records = recordsInMemory();
    const asked = {
      operation: "switchover",
      deploymentId: "bgd-1",
      deploymentName: "orders-15",
      blue: "cluster-A",
      stateHash: "0",
    } as const;
    const request = newRequest("1", { ...asked, requestedBy: { name: "oncall" }, via: "slack", approved: true }, 0);
    await writeRequest(records, request);
    const bus = {
      async request() {
        await amendRequest(records, "1", (it) => ({ ...it, usedBy: "arn" }));
        throw new Error("No answer in time.");
      },
    };
    const said = await begin(request, "1", { bus, records, time: { now: () => 0 } });
    expect(said.text).toContain("The switchover of orders-15 begins.");
  });
});

// Source: AWS re:Post, "How do I prevent duplicate Lambda function invocations?": an asynchronous event may be delivered more than once.
describe("a copy of a command", () => {
  it("that meets the first at work says so; dead is only what has been silent for longer than its function can run", async () => {
    const lab = await openSlackLab({}, { isWatched: false });
    const body = commandForm({ text: "status", response_url: lab.slack.sending.address({ user: ONCALL, channel: "C0BLUEGREEN" }) });
    // What a run leaves that has begun and not ended, and may run for a minute.
    const key = `slack#${createHash("sha256").update(body).digest("hex").slice(0, 40)}`;
    await lab.records.write({ key, version: 0, until: lab.clock.now() + MINUTE } as Item);
    for (const _ of [1, 2]) {
      await send(lab.slackUrl() ?? "", body);
      await idle(lab);
    }
    const atWork = expect.stringMatching(/^The guard is working on this already: the answer comes when it is ready\./);
    expect(lab.slack.ephemeral.map(messageText)).toEqual([atWork, atWork]);
    await minutes(lab, 1);
    await send(lab.slackUrl() ?? "", body);
    await idle(lab);
    expect(messageText(lab.slack.ephemeral.at(-1) ?? {})).toContain("The guard stopped in the middle of this");
  });

  it("that comes while the first is at work changes nothing, and denies nothing", async () => {
    const lab = await openSlackLab({}, { isWatched: false });
    await ready(lab, "orders");
    await lab.type("/bluegreen switchover orders-15");
    const plan = lab.slack.ephemeral.at(-1)?.ts ?? "";
    await Promise.all([1, 2, 3].map(() => lab.slack.sending.press(plan, "confirm", ONCALL)));
    await idle(lab);
    await minutes(lab, 20);
    await lab.settled();
    expect(lab.changes()).toEqual(["Create", "Switchover"]);
    expect(shownTo(lab)).not.toContain(DENIED);
  });
});
