import { CreateBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../lab/slack/faults.ts";
import { openTestLab, readings, type TestLab, told, withoutDetails } from "../../support/lab/stage.ts";
import { recorded } from "../../support/recorded.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openTestLab({ slackTimeoutMs: 400 });
});
afterEach(() => lab.close());

const DEGRADED = "Replication is degraded";
const posts = () => lab.slack.calls.filter(({ method }) => method === "chat.postMessage");
const secondsBetweenPosts = () => ((posts()[1]?.at ?? 0) - (posts()[0]?.at ?? 0)) / 1_000;
const errors = () => lab.logged.filter(({ details }) => "seconds" in details).map(({ message }) => message);

describe("a message that Slack does not take", () => {
  it.each<[string, Fault, number]>([
    ["a rate limit of 90 s", { kind: "rate-limited", retryAfterSeconds: 90 }, 90],
    ["a rate limit without a time", { kind: "rate-limited" }, 30],
    ["ratelimited", { kind: "error", error: "ratelimited" }, 30],
    ["internal_error", { kind: "error", error: "internal_error" }, 30],
    ["an error page", { kind: "http", status: 503 }, 30],
    ["no answer", { kind: "hang" }, 30],
    ["a lost connection", { kind: "reset" }, 30],
  ])("for %s is told later, once", async (_, fault, seconds) => {
    lab.slack.faults.next(fault);
    await lab.receive(recorded("ddl-on-blue"));
    expect(told(lab)).toEqual([DEGRADED]);
    expect(posts().length).toBe(2);
    expect(secondsBetweenPosts()).toBeGreaterThanOrEqual(seconds);
    expect(errors().length).toBe(1);
  });

  it.each([
    ["invalid_auth", "Correct the bot token in the Slack secret"],
    ["missing_scope", "Add the scope"],
    ["channel_not_found", "Correct the setting for the Slack channel"],
    ["not_in_channel", "/invite"],
    ["is_archived", "set another Slack channel"],
    ["invalid_blocks", "Please report this"],
  ])("for %s says what to correct, is kept, and is told once that is done", async (error, correction) => {
    lab.slack.faults.next({ kind: "error", error }, { times: 8 });
    await lab.receive(recorded("ddl-on-blue"));
    expect(errors().length).toBe(8);
    expect(errors()[0]).toContain(error);
    expect(errors()[0]).toContain(correction);
    expect(errors().join()).not.toContain("xoxb-");
    expect(told(lab)).toEqual([DEGRADED]);
  });

  it("comes later each time, five minutes apart at most", async () => {
    lab.slack.faults.next({ kind: "http", status: 503 }, { times: 10 });
    await lab.receive(recorded("ddl-on-blue"));
    const waits = lab.logged.map(({ details }) => details["seconds"]).filter((seconds) => seconds !== undefined);
    expect(waits).toEqual([30, 60, 120, 240, 300, 300, 300, 300, 300, 300]);
  });
});

describe("a deployment's messages", () => {
  async function degraded(): Promise<void> {
    const instances = [{ identifier: "orders-1", class: "db.t4g.medium", parameterGroup: "blue-instance-14" }];
    lab.rds.addCluster({ identifier: "orders", engine: "aurora-postgresql", engineVersion: "14.10", parameterGroup: "blue-14", instances });
    const Source = "arn:aws:rds:ap-northeast-1:123456789012:cluster:orders";
    await lab.clock.work(async () => {
      await lab.aws.send(new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: "orders-15", Source }));
      await lab.clock.until(lab.clock.now() + 3_600_000);
      lab.rds.runDdl("orders", "ALTER TABLE t ADD c int");
      await lab.clock.until(lab.clock.now() + 60_000);
    });
    await lab.settled();
  }

  it("are marked one by one, so that a refusal of the last repeats none before it", async () => {
    const facts = ["Replication to green stopped", "Replication to green runs again"];
    lab.slack.faults.next({ kind: "rate-limited", retryAfterSeconds: 5 }, { method: "chat.update", times: 2 });
    await degraded();
    expect(told(lab).length).toBe(new Set(withoutDetails(lab).map(({ ts }) => ts)).size);
    expect(told(lab)[0]).toBe("orders-15 · Degraded: cannot be switched over");
    expect(told(lab).filter((line) => line.includes(DEGRADED))).toEqual([`  ${DEGRADED}`]);
    for (const fact of facts) expect(readings(lab).join("\n")).toContain(fact);
  });

  it("get a new card where a person deleted it, with what follows in its thread", async () => {
    await degraded();
    const [card] = withoutDetails(lab);
    lab.slack.deleteMessage(card?.channel ?? "", card?.ts ?? "");
    // Statements further apart than ten minutes are facts of their own.
    for (const column of ["d", "e"]) {
      await lab.clock.work(() => lab.clock.until(lab.clock.now() + 30 * 60_000));
      lab.rds.runDdl("orders", `ALTER TABLE t ADD ${column} int`);
      await lab.settled();
    }
    const cards = withoutDetails(lab).filter((it) => !it.threadTs && !it.deleted);
    const inItsThread = withoutDetails(lab).filter((it) => it.threadTs !== undefined && it.threadTs === cards.at(-1)?.ts);
    expect(told(lab).filter((line) => line === "orders-15 · Degraded: cannot be switched over").length).toBe(1);
    expect(inItsThread.length).toBe(1);
  });
});
