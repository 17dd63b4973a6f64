import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { openTerminalLab } from "../../../support/local/terminal-lab.ts";

describe("bluegreen-guard status", { timeout: 120_000 }, () => {
  it("says what RDS said of degraded replication, and how to recreate", async () => {
    const lab = await openTerminalLab();
    const id = await lab.ruined();
    const { out } = await lab.run(["status"]);
    expect(out).toContain(`orders-15 (${id}): degraded`);
    expect(out).toMatch(/^ {2}replication degraded since \d{4}-\d\d-\d\d \d\d:\d\d UTC, reported by orders-1$/m);
    expect(out).toMatch(/^ {2}production {2}blue$/m);
    expect(out).toContain("npx bluegreen-guard recreate orders-15");
    const json = await lab.run(["status", "--json"]);
    expect(JSON.parse(json.out)).toEqual({
      id,
      name: "orders-15",
      status: "AVAILABLE",
      phase: "degraded",
      production: "blue",
      replication: "degraded",
    });
  });

  it("answers a name that RDS does not know with those it does, and 2", async () => {
    const lab = await openTerminalLab();
    const id = await lab.ready();
    const { code, out } = await lab.run(["status", "order-15"]);
    expect(code).toBe(2);
    expect(out).toContain(`There is no blue/green deployment with the name or id "order-15". RDS lists:\n  orders-15 (${id})\n`);
  });

  it("does not say that nobody works on what a process holds that does not answer", async () => {
    const lab = await openTerminalLab();
    await lab.ruined();
    lab.slowDown();
    const first = lab.start(["recreate", "orders-15", "--yes"]);
    await first.saw("RDS deletes it");
    expect((await lab.run(["status"])).out).toMatch(/^recreate of orders-15, .*: under way$/m);
    first.signal("SIGSTOP");
    expect((await lab.run(["status"])).out).toMatch(/^recreate of orders-15, .*: under way$/m);
    first.signal("SIGKILL");
    await first.ended;
    expect((await lab.run(["status"])).out).toMatch(/: STANDS STILL$/m);
  });

  it("leaves no folder behind", async () => {
    const lab = await openTerminalLab();
    expect(await lab.run(["status"])).toMatchObject({ code: 0, out: expect.stringContaining("RDS lists no blue/green deployment here.") });
    expect(existsSync(lab.state)).toBe(false);
  });

  it("says what an endpoint did not answer, and goes on", async () => {
    const lab = await openTerminalLab();
    await lab.ready();
    lab.rds.faults.htmlPage({ action: "DescribeEvents", times: 1_000 });
    const { code, out } = await lab.run(["status"]);
    expect(code).toBe(0);
    expect(out).toContain("RDS did not list its events (");
    expect(out).not.toContain("Deserialization");
  });
});
