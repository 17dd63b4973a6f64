import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Ended } from "../../../support/ended.ts";
import { openTerminalLab } from "../../../support/local/terminal-lab.ts";

const linesOf = ({ out }: Ended) =>
  out
    .trim()
    .split("\n")
    .map((line): unknown => JSON.parse(line));

describe("bluegreen-guard status", () => {
  it("says what RDS said of degraded replication, and how to recreate", async () => {
    const lab = await openTerminalLab();
    const id = await lab.ruined();
    const { out } = await lab.run(["status"]);
    expect(out).toContain(`orders-15 (${id}): Degraded: cannot be switched over`);
    expect(out).toMatch(/^ {2}replication degraded since \d{4}-\d\d-\d\d \d\d:\d\d UTC, reported by orders-1$/m);
    expect(out).toMatch(/^ {2}production {2}blue$/m);
    expect(out).toContain("npx bluegreen-guard recreate orders-15");
    const json = await lab.run(["status", "--json"]);
    expect(linesOf(json)).toEqual([
      { id, name: "orders-15", status: "AVAILABLE", phase: "degraded", production: "blue", replication: "degraded" },
      { outcome: "done" },
    ]);
  });

  it("answers a name that RDS does not know with those it does, and 2", async () => {
    const lab = await openTerminalLab();
    const id = await lab.ready();
    const { code, err } = await lab.run(["status", "order-15"]);
    expect(code).toBe(2);
    expect(err).toBe(`There is no blue/green deployment with the name or id "order-15". RDS lists:\n  orders-15 (${id})\n`);
  });

  it("does not say that nobody works on what a process holds that does not answer", async () => {
    const lab = await openTerminalLab();
    await lab.ruined();
    lab.slowDown();
    const first = lab.start(["recreate", "orders-15", "--yes"]);
    await first.saw("RDS deletes it");
    expect((await lab.run(["status"])).out).toMatch(/^Recreation of orders-15, .*: under way$/m);
    first.signal("SIGSTOP");
    expect((await lab.run(["status"])).out).toMatch(/^Recreation of orders-15, .*: under way$/m);
    first.signal("SIGKILL");
    await first.ended;
    expect((await lab.run(["status"])).out).toMatch(/: PAUSED$/m);
  });

  it("leaves no folder behind", async () => {
    const lab = await openTerminalLab();
    expect(await lab.run(["status"])).toMatchObject({
      code: 0,
      out: expect.stringContaining("RDS lists no blue/green deployment in this account and region."),
    });
    expect(existsSync(lab.state)).toBe(false);
  });

  it("ends with a line for scripts, also where there is no deployment, where there is none of that name, and where it could not look", async () => {
    const lab = await openTerminalLab();
    const none = await lab.run(["status", "--json"]);
    expect([none.code, linesOf(none)]).toEqual([0, [{ outcome: "done" }]]);
    const unknown = await lab.run(["status", "--json", "orders-15"]);
    expect([unknown.code, linesOf(unknown)]).toEqual([2, [{ outcome: "refused" }]]);
    const unseen = await lab.run(["status", "--json"], { AWS_ENDPOINT_URL: "http://127.0.0.1:1" });
    expect([unseen.code, linesOf(unseen)]).toEqual([1, [{ outcome: "failed" }]]);
  });

  it("is not told of another folder than the one with what is under way", async () => {
    const lab = await openTerminalLab();
    const file = join(lab.home, "file");
    await writeFile(file, "");
    for (const state of [file, join(file, "below")]) {
      const { code, out, err } = await lab.run(["status", "--state", state]);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(/ is no folder(, or is in none)?: choose another folder with --state\.\n$/);
    }
    await mkdir(lab.state);
    await writeFile(lab.kept, "");
    expect(await lab.run(["status"])).toMatchObject({ code: 2, out: "", err: expect.stringContaining("is no folder") });
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
