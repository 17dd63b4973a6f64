import { describe, expect, it } from "vitest";
import { openTerminalLab } from "../../../support/local/terminal-lab.ts";

describe("bluegreen-guard recreate, with other fields than it was begun with,", () => {
  it("is refused; with the same, or with none, it goes on", async () => {
    const lab = await openTerminalLab();
    await lab.ruined();
    lab.slowDown();
    const command = ["recreate", "orders-15", "--target-engine-version", "15.5"];
    const first = lab.start([...command, "--yes"]);
    await first.saw("RDS deletes it");
    lab.pause();
    first.signal("SIGKILL");
    await first.ended;
    const other = await lab.run(["recreate", "orders-15", "--target-engine-version", "15.6", "--yes"]);
    expect(other.code).toBe(2);
    expect(other.err).toContain(
      "It was begun with engine version 15.5, which cannot be changed any more. To go on with it as it is, leave out --target-engine-version.",
    );
    lab.goOn();
    const same = await lab.run(command);
    expect(same).toMatchObject({ code: 0, out: expect.stringContaining("is under way. This follows it.") });
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(2);
  });
});
