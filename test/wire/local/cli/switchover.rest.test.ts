import { describe, expect, it } from "vitest";
import { heading } from "../../../support/lab/stage.ts";
import { DEPLOYED, lastLine, openTerminalLab, slackOf, type TerminalLab } from "../../../support/local/terminal-lab.ts";

const YES = ["switchover", "orders-15", "--yes"];

const accepted = (lab: TerminalLab) => lab.accepted("SwitchoverBlueGreenDeployment");

describe("bluegreen-guard switchover", { concurrent: true }, () => {
  it("refuses what is not ready with 2, whatever is accepted, and touches nothing", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    const ended = await lab.run([...YES, "--json"]);
    expect(ended.code).toBe(2);
    expect(lastLine(ended)).toEqual({ outcome: "refused" });
    expect(ended.err).toMatch(/FAIL {5}Replication is degraded: .* Green cannot be switched to any more: recreate the deployment\.$/m);
    expect(ended.err).not.toContain("What is done:");
    expect(lab.rds.calls.filter(({ action }) => action.startsWith("Switchover"))).toEqual([]);
  });

  it("does nothing where nobody is there to accept it", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    const { code, err } = await lab.run(["switchover", "orders-15"]);
    expect(code).toBe(2);
    expect(err).toContain("Nobody is at the terminal to accept it: --yes does");
    expect(accepted(lab)).toEqual([]);
  });

  it("says why RDS cancelled it, that nothing has changed, and ends with 1", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    lab.rds.faults.cancelSwitchover("long-running active writes on orders");
    const ended = await lab.run([...YES, "--json"]);
    expect(ended.code).toBe(1);
    expect(lastLine(ended)).toEqual({ outcome: "cancelled" });
    expect(ended.err).toMatch(/^Stopped\. .* long-running active writes on orders\. Nothing has changed: blue is production/m);
    expect(ended.err).not.toContain("What remains to be done");
  });

  // Source: a public rehearsal, xiaofeng8458/kiro-agent-canal-cutover, reports/rehearsal-report-2026-08-15.md, section 4.1.
  it("says which member RDS left behind, ends with 1, and leaves nothing to press, delete or rename back", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    lab.rds.nextSwitchover = { fails: [{ name: "orders-1" }] };
    const ended = await lab.run([...YES, "--json"]);
    expect(ended.code).toBe(1);
    expect(lastLine(ended)).toEqual({ outcome: "partly" });
    expect(ended.err).toMatch(/orders-1 was NOT switched over/);
    expect(ended.err).not.toMatch(/Nothing has changed|Delete old blue|To go back/);
    const status = await lab.run(["status", "orders-15"]);
    expect(status.out).toMatch(/Partly switched over: 1 of 2|partly-switched-over/i);
    expect(status.out).not.toMatch(/delete-target|recreate orders|Delete old blue|switch over again/i);
    expect((await lab.run(["recreate", "orders-15", "--yes"])).code).toBe(2);
    expect((await lab.run(YES)).code).toBe(2);
    expect([lab.accepted("DeleteBlueGreenDeployment"), accepted(lab)]).toEqual([[], [expect.anything()]]);
  });

  it("goes on after a kill in the middle, and asks RDS no second time", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    lab.slowDown();
    const first = lab.start(YES);
    await first.saw("RDS has begun");
    lab.pause();
    first.signal("SIGKILL");
    await first.ended;
    expect((await lab.run(["status"])).out).toContain(`It goes on with: npx bluegreen-guard switchover orders-15 --state ${lab.state}`);
    const other = await lab.run(["recreate", "orders-15"]);
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining("A recreation has to wait for its end.") });
    lab.goOn();
    const second = await lab.run(["switchover", "orders-15"]);
    expect(second).toMatchObject({ code: 0, out: expect.stringContaining("This follows it.") });
    expect(second.out).toContain("What remains to be done");
    expect(accepted(lab)).toHaveLength(1);
  });

  it("has the deployed guard do it, and tells Slack with the settings of one", async ({ expect, onTestFinished }) => {
    const lab = await openTerminalLab({ deployed: true, onTestFinished });
    await lab.ready();
    const { code, out } = await lab.run(YES, DEPLOYED);
    expect(code).toBe(0);
    expect(out).toContain("The deployed guard does the work (table bluegreen-guard, event bus bluegreen-guard).");
    expect(out).toContain("What remains to be done");
    expect(accepted(lab)).toHaveLength(1);
    // The terminal follows the records, where the end stands before Slack is told.
    await expect.poll(() => lab.slack.messages.map(heading)).toContain("The guard has switched over");
  });

  it("tells Slack where it has Slack settings", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    expect((await lab.run(YES, slackOf(lab))).code).toBe(0);
    expect(lab.slack.messages.map(heading)).toEqual(expect.arrayContaining(["Being switched over", "The guard has switched over"]));
  });
});
