import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openTerminalLab } from "../../../support/local/terminal-lab.ts";

describe("the state of a terminal command", () => {
  it("is kept by account, region and endpoint: what is under way in one place is nowhere else", async () => {
    const [here, there] = [await openTerminalLab(), await openTerminalLab()];
    await here.ruined();
    await there.ready();
    here.slowDown();
    const first = here.start(["recreate", "orders-15", "--yes"]);
    await first.saw("RDS deletes it");
    first.signal("SIGKILL");
    await first.ended;
    const ofHere = await here.run(["status"]);
    expect(ofHere.out).toContain("Recreation of orders-15, asked for by");
    expect(ofHere.out).toContain("PAUSED");
    const elsewhere = await there.run(["status", "--state", here.state]);
    expect(elsewhere).toMatchObject({ code: 0, err: "" });
    expect(elsewhere.out).toContain("orders-15");
    expect(elsewhere.out).not.toContain("recreate of");
    const otherRegion = await here.run(["cancel", "orders-15"], { AWS_REGION: "eu-west-1" });
    expect(otherRegion).toMatchObject({ code: 2, err: expect.stringContaining('No operation on "orders-15" is under way') });
    expect(existsSync(here.kept)).toBe(true);
    expect(existsSync(here.kept.replace("ap-northeast-1", "eu-west-1"))).toBe(true);
  });

  it("of an earlier version, which says no place, is not taken for that of this one, nor passed over", async () => {
    const lab = await openTerminalLab();
    await lab.ruined();
    await mkdir(join(lab.state, "records"), { recursive: true });
    for (const args of [["status"], ["recreate", "orders-15", "--yes"], ["cancel", "orders-15"]]) {
      const { code, err } = await lab.run(args);
      expect([args[0], code, err]).toEqual([args[0], 2, expect.stringContaining(`Move its folders records and executions to ${lab.kept}`)]);
    }
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
  });
});
