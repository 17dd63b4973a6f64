import { describe, expect, it } from "vitest";
import { heading } from "../../../support/lab/stage.ts";
import { lastLine, openTerminalLab, type TerminalLab } from "../../../support/local/terminal-lab.ts";

const YES = ["recreate", "orders-15", "--yes"];

/** How often the lab deleted and created since the first creation. */
function changes(lab: TerminalLab) {
  return { deleted: lab.accepted("DeleteBlueGreenDeployment").length, created: lab.accepted("CreateBlueGreenDeployment").length - 1 };
}

describe("bluegreen-guard recreate", () => {
  it("deletes with green, creates again, and ends once green is ready", async () => {
    const lab = await openTerminalLab();
    const id = await lab.ruined();
    const ended = await lab.run([...YES, "--json"]);
    expect(ended.code).toBe(0);
    expect(lastLine(ended)).toEqual({ outcome: "done", deployment: expect.stringMatching(/^bgd-[a-z0-9]{16}$/) });
    expect(changes(lab)).toEqual({ deleted: 1, created: 1 });
    expect(lab.accepted("DeleteBlueGreenDeployment")[0]).toMatchObject({ BlueGreenDeploymentIdentifier: id, DeleteTarget: "true" });
    const steps = ended.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).step);
    expect(steps.filter((step) => step !== undefined)).toEqual(["started", "deleting", "creating", "building", "done"]);
    expect(ended.err).toMatch(/^Done\. {2}orders-15 was created again as orders-15-/m);
    expect(lab.slack.messages.map(heading)).not.toContain("Created again");
  });
});
