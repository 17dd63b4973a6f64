import { describe, expect, it } from "vitest";
import { lastLine, openTerminalLab } from "../../../support/local/terminal-lab.ts";

describe("the plan of bluegreen-guard recreate", { concurrent: true }, () => {
  it("begins with account, region and endpoint, and needs --yes where nobody can answer", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const id = await lab.ruined();
    const { code, out, err } = await lab.run(["recreate", "orders-15"]);
    expect(code).toBe(2);
    expect(out.split("\n").slice(0, 2)).toEqual([
      `account 123456789012 · ap-northeast-1 · ${lab.url}`,
      `This process does the work, without a deployed guard. Its state is in ${lab.kept}.`,
    ]);
    expect(out).toContain(`\nRecreate orders-15?\norders-15 (${id}) now: Degraded: cannot be switched over.\nReplication: degraded since `);
    expect(out).toMatch(/^It is deleted with everything green and created again as orders-15-[0-9a-f]{8}\.$/m);
    expect(out).toContain("Cluster parameter group: green-15, as green has it.");
    expect(out).toContain("No snapshot of green is made");
    expect(out).toContain("  ok       oncall is allowed every action that creation needs.");
    expect(err).toContain("--yes accepts it, unknown checks included. Nothing was changed.");
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
  });

  it("says of a healthy deployment that nothing is wrong with it", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ready();
    lab.cloudwatch.answer("orders-1", Array(15).fill(9 * 1024 ** 2));
    const { out } = await lab.run(["recreate", "orders-15"]);
    expect(out).toMatch(
      / now: Ready to switch over\.\nReplication: running since .* UTC, reported by orders-1-green-\w{6}\nLag: 9 MB, steady \(/,
    );
    expect(out).toContain(
      "\nNothing is wrong with it, as far as RDS says: this throws its green away, and building another takes as long again.\n",
    );
  });

  it("is refused where a check fails, even with --yes, and nothing is deleted", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.rds.engineVersions.get("aurora-postgresql")?.delete("15.5");
    const ended = await lab.run(["recreate", "orders-15", "--yes", "--json"]);
    expect(ended.code).toBe(2);
    expect(ended.err).toMatch(/^ {2}FAIL {5}/m);
    expect(ended.err).toMatch(/^It cannot be done\. .*Nothing was changed\.$/m);
    expect(lastLine(ended)).toEqual({ outcome: "refused" });
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
  });

  it("calls unknown what an endpoint does not answer, in one line", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.rds.faults.htmlPage({ action: "DescribeDBEngineVersions", times: 1_000 });
    const { code, out } = await lab.run(["recreate", "orders-15"]);
    expect(code).toBe(2);
    expect(out).toMatch(/^ {2}unknown {2}DescribeDBEngineVersions was refused: .*\. See with describe-db-engine-versions whether/m);
    expect(out).not.toContain("Deserialization");
  });

  it("stands, with unknown in it, where RDS does not list events", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.rds.faults.htmlPage({ action: "DescribeEvents", times: 1_000 });
    const { code, out } = await lab.run(["recreate", "orders-15"]);
    expect(code).toBe(2);
    expect(out).toMatch(/^RDS did not list its events \(.*\): whether replication is degraded is not known\.$/m);
    expect(out).not.toContain("Nothing is wrong");
    expect(out).not.toContain("Deserialization");
  });

  it("does not know the name, and says which there are", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const ended = await lab.run(["recreate", "orders-15", "--yes"]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain('There is no blue/green deployment with the name or id "orders-15". RDS lists no');
  });

  it("takes the whole name, and says whose beginning was typed", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const id = await lab.ruined();
    const ended = await lab.run(["recreate", "orders", "--yes"]);
    expect(ended.code).toBe(2);
    expect(ended.err).toContain(
      `One deployment begins with "orders". What changes something takes the whole name or the id:\n  orders-15 (${id})`,
    );
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
    expect((await lab.run(["status", "orders"])).out).toContain(`orders-15 (${id}): Degraded: cannot be switched over`);
  });

  it("tells of a deployed guard, and leaves its permissions to it", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    const { out } = await lab.run(["recreate", "orders-15"], { BLUEGREEN_GUARD_TABLE: "bluegreen-guard" });
    expect(out).toContain("The deployed guard does the work (table bluegreen-guard, event bus bluegreen-guard).");
    expect(out).toContain("  unknown  What the deployed guard's role may do cannot be asked from here. The guard asks for itself");
    expect(lab.iam.asked).toEqual([]);
  });
});
