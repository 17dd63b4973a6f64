import { describe, expect, it } from "vitest";
import type { Fault } from "../../../../../lab/slack/faults.ts";
import { type DoctorLab, openDoctorLab } from "../../../../support/local/doctor-lab.ts";

const IDS = ["slack-channel", "watch-posts"];

/** What doctor says of posting, by the person's credentials or by the watch function's, where Slack has this fault. */
async function said(lab: DoctorLab, id: string, method: string, fault: Fault, times = 1) {
  lab.slack.faults.next(fault, { method, times });
  return (await lab.doctor({ allowed: { post: true, stop: false } }, [id])).get(id);
}

const standing = ({ slack }: DoctorLab): number => slack.messages.filter(({ deleted }) => !deleted).length;

describe.each(IDS)("doctor --post, %s:", (id) => {
  it("deletes both messages where Slack once refuses to delete", async () => {
    const lab = await openDoctorLab();
    expect(await said(lab, id, "chat.delete", { kind: "error", error: "internal_error" })).toMatchObject({ result: "pass" });
    expect(standing(lab)).toBe(0);
  });

  it("deletes the message where its reply cannot be deleted, and says what stays", async () => {
    const lab = await openDoctorLab();
    const line = await said(lab, id, "chat.delete", { kind: "error", error: "internal_error" }, 2);
    expect(line).toMatchObject({
      result: "unknown",
      came: expect.stringMatching(/internal_error\. In C0BLUEGREEN .+ its reply stands there\./),
    });
    expect(standing(lab)).toBe(1);
  });

  it("says that both stay where Slack deletes nothing", async () => {
    const lab = await openDoctorLab();
    const line = await said(lab, id, "chat.delete", { kind: "error", error: "cant_delete_message" }, 4);
    expect(`${line?.came} ${line?.todo}`).toMatch(/its reply stands, and the test message stands there\. Delete it in Slack\./);
    expect([line?.result, standing(lab)]).toEqual(["fail", 2]);
  });

  it.each([
    [0, "the test message may stand there"],
    [1, "its reply may stand there"],
  ])("says what may stay where Slack takes a post (%i before it) and does not answer", async (before, words) => {
    const lab = await openDoctorLab();
    let posts = 0;
    const { take } = lab.slack.faults;
    lab.slack.faults.take = (method, ...more) =>
      method === "chat.postMessage" && posts++ === before
        ? { kind: "reset", accepted: true }
        : take.call(lab.slack.faults, method, ...more);
    const line = (await lab.doctor({ allowed: { post: true, stop: false } }, [id])).get(id);
    expect(line).toMatchObject({ result: "unknown", came: expect.stringContaining(words) });
    expect(line?.came).not.toContain("It is tried again");
    expect(standing(lab)).toBe(1);
  });

  it("says nothing of what stays where Slack limits the post", async () => {
    const lab = await openDoctorLab();
    const line = await said(lab, id, "chat.postMessage", { kind: "rate-limited", retryAfterSeconds: 3 });
    expect(line?.came).toMatch(/Slack limits chat\.postMessage: try again in 3 s\.$/);
    expect([line?.result, standing(lab)]).toEqual(["unknown", 0]);
  });

  it("does not know whether the guard can post where Slack limits a change, or has a fault of its own", async () => {
    const lab = await openDoctorLab();
    for (const [method, fault] of [
      ["chat.update", { kind: "rate-limited", retryAfterSeconds: 3 }],
      ["chat.update", { kind: "http", status: 500 }],
    ] as const) {
      const line = await said(lab, id, method, fault);
      expect(line).toMatchObject({ result: "unknown", todo: "Run doctor again in a minute." });
      expect(line?.came).not.toContain("It is tried again");
    }
    expect(await said(lab, id, "chat.delete", { kind: "http", status: 500 }, 4)).toMatchObject({ result: "unknown" });
  });
});

it.each<[string, Fault]>([
  ["limits its questions", { kind: "rate-limited", retryAfterSeconds: 3 }],
  ["has a fault of its own", { kind: "error", error: "internal_error" }],
])("doctor does not know whether the answer function can ask Slack where Slack %s", async (_, fault) => {
  const lab = await openDoctorLab();
  expect(await said(lab, "answer", "auth.test", fault)).toMatchObject({
    result: "unknown",
    came: expect.stringMatching(/^1 of \d+ calls: Slack's auth\.test/),
    means: "Whether the function can do what it has to is not known.",
    todo: "Run doctor again in a minute.",
  });
});
