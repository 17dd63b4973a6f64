import { describe, expect, it } from "vitest";
import { COLLEAGUE, DEVELOPER, openSlackLab } from "../../support/conversation/slack-lab.ts";
import { ready } from "../../support/operations/switching.ts";

const NO_SUCH = "S0DISABLED";
const OTHER = "S0OTHER";

/** A lab with orders-15, in which these groups are named as operators. */
async function operatedBy(...operators: string[]) {
  const lab = await openSlackLab({ operators }, { isWatched: false });
  await ready(lab, "orders");
  return lab;
}

const members = { method: "usergroups.users.list" };
const switchover = "/bluegreen switchover orders-15";

// Source: Slack, usergroups.users.list, "Errors" (no_such_subteam, plan_upgrade_required); fivexl/terraform-aws-sso-elevator issue 138,
// where one approver who is gone from Slack fails every request.
describe("a user group that cannot be read", () => {
  it.each([
    [NO_SUCH, "S0DBA"],
    ["S0DBA", NO_SUCH],
    [NO_SUCH, OTHER, "S0DBA"],
    ["constructor", "S__proto__", "S0DBA"],
  ])("locks out nobody of another group: %s, %s", async (...groups) => {
    const lab = await operatedBy(...groups);
    expect(await lab.type(switchover, COLLEAGUE)).toContain("Switch orders-15 over?");
  });

  it.each([
    { kind: "rate-limited", retryAfterSeconds: 30 },
    { kind: "http", status: 503 },
    { kind: "reset" },
    { kind: "error", error: "plan_upgrade_required" },
  ] as const)("locks out nobody of another one, whatever Slack says of it: %j", async (fault) => {
    const lab = await operatedBy("S0OTHER", "S0DBA");
    lab.slack.faults.next(fault, members);
    expect(await lab.type(switchover, COLLEAGUE)).toContain("Switch orders-15 over?");
  });

  it("is named in the log with what to correct, and its members are told that a setting has to be corrected", async () => {
    const lab = await operatedBy("S0DBA", NO_SUCH);
    const answer = await lab.type(switchover, DEVELOPER);
    expect(answer).toContain("so nothing was done.\nA setting has to be corrected first");
    expect(lab.lines("Operators unknown")).toEqual([
      {
        group: NO_SUCH,
        error: expect.stringMatching(/no_such_subteam\. Slack knows no such user group: correct the setting for the operators\.$/),
      },
    ]);
  });

  it("for a while alone is no matter of a setting, even where another one's is", async () => {
    const lab = await operatedBy(NO_SUCH, "S0DBA");
    lab.slack.faults.next({ kind: "error", error: "no_such_subteam" }, members);
    lab.slack.faults.next({ kind: "http", status: 503 }, members);
    expect(await lab.type(switchover, DEVELOPER)).toContain("Try again in a minute.");
  });
});

// Source: activepieces/activepieces issue 6958, an answer with `needed` and `provided`.
it.each([
  [{}, "usergroups:read"],
  [{ needed: "usergroups:write", provided: "chat:write,commands" }, "usergroups:write"],
])("a scope that the bot lacks for the groups is named as Slack names it: %j", async (more, scope) => {
  const lab = await operatedBy("S0DBA");
  lab.slack.faults.next({ kind: "error", error: "missing_scope", ...more }, members);
  await lab.type(switchover, COLLEAGUE);
  expect(lab.lines("Operators unknown")).toEqual([
    { group: "S0DBA", error: expect.stringContaining(`Add the scope under OAuth & Permissions of the Slack app (${scope})`) },
  ]);
});
