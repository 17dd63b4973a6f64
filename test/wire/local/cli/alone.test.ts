import { describe, expect, it } from "vitest";
import { lastLine, openTerminalLab } from "../../../support/local/terminal-lab.ts";

const OPERATIONS = [
  ["recreate", "orders-15", "--yes"],
  ["switchover", "orders-15", "--yes"],
];

describe("a terminal without a deployed guard", { concurrent: true }, () => {
  it("begins nothing beside one that is deployed, whatever is said, and says how to have that do it", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ deployed: true, onTestFinished });
    await lab.ruined();
    for (const args of [...OPERATIONS, ...OPERATIONS.map((it) => [...it, "--alone"])]) {
      const ended = await lab.run([...args, "--json"]);
      expect(lastLine(ended)).toEqual({ outcome: "refused" });
      expect([ended.code, ended.err]).toEqual([
        2,
        expect.stringContaining('its event bus "bluegreen-guard" is there. Set BLUEGREEN_GUARD_TABLE'),
      ]);
    }
    expect(lab.accepted("DeleteBlueGreenDeployment").concat(lab.accepted("SwitchoverBlueGreenDeployment"))).toEqual([]);
  });

  it("begins nothing where it may not look for one, and names the permission; --alone vouches that there is none", async ({
    onTestFinished,
  }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.bus.mayDescribe = false;
    for (const args of OPERATIONS) {
      const { code, err } = await lab.run(args);
      expect([code, err]).toEqual([2, expect.stringContaining("Sign in with the permission events:DescribeEventBus, or give --alone")]);
      expect(err).toContain(
        "cannot be seen. The caller is not authorized to perform: events:DescribeEventBus on resource: arn:aws:events:",
      );
    }
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
    expect((await lab.run(["recreate", "orders-15", "--yes", "--alone"])).code).toBe(0);
    expect(lab.accepted("DeleteBlueGreenDeployment")).toHaveLength(1);
  });

  it("goes on with what it has begun, also where one was deployed since", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.slowDown();
    const first = lab.start(["recreate", "orders-15", "--yes"]);
    await first.saw("RDS deletes it");
    first.signal("SIGKILL");
    await first.ended;
    lab.bus.exists = true;
    lab.goOn();
    expect(await lab.run(["recreate", "orders-15", "--yes"])).toMatchObject({ code: 0, out: expect.stringContaining("This follows it.") });
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(2);
  });
});
