import { describe, expect, it } from "vitest";
import { openTerminalLab, type TerminalLab } from "../../../support/local/terminal-lab.ts";

const YES = ["switchover", "orders-15", "--yes"];

const accepted = (lab: TerminalLab) => lab.accepted("SwitchoverBlueGreenDeployment");

describe("bluegreen-guard switchover", () => {
  it("shows the checklist, switches over once with the timeout that was asked for, and reports what that did", async () => {
    const lab = await openTerminalLab();
    const id = await lab.ready();
    lab.cloudwatch.answer("orders-1", Array(15).fill(9 * 1024 ** 2));
    const { code, out } = await lab.run([...YES, "--timeout", "600"]);
    expect(code).toBe(0);
    expect(accepted(lab)).toEqual([expect.objectContaining({ BlueGreenDeploymentIdentifier: id, SwitchoverTimeout: "600" })]);
    expect(out).toContain("Is it ready?\n  ok       The deployment is AVAILABLE.");
    expect(out).toMatch(/^Lag: \d+ MB, \w+ \(OldestReplicationSlotLag of orders-1, /m);
    expect(out).toMatch(/RDS, \d\d:\d\d:\d\d UTC: Switchover started on blue\/green deployment orders-15\./);
    expect(out).toMatch(/^Done\. {2}orders-15 .* orders-green-\w{6} is called orders now, engine version 14\.10 → 15\.5\.$/m);
    expect(out).toMatch(/^From orders, now called orders-old1, to orders-green-\w{6}, now called orders\.$/m);
    expect(out).toContain("Parameter groups: blue-14, blue-instance-14 → green-15, green-instance-15.");
    expect(out).toMatch(/^The switchover took about \d+ s, from RDS/m);
    expect(out).toMatch(/^Sequences: synchronised in about \d+ s\.$/m);
    expect(out).toContain("1. Delete this deployment (orders-15");
    expect(out).toContain("3. Rename orders-old1 to orders, orders-1-old1 to orders-1.");
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
    expect((await lab.run(["status", "orders-15"])).out).toMatch(/^orders-15 .*: Switched over\n(.*\n)* {2}production {2}green$/m);
  });
});
