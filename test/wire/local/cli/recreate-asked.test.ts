import { describe, expect, it } from "vitest";
import { lastLine, openTerminalLab } from "../../../support/local/terminal-lab.ts";

const FIELDS = ["--target-engine-version", "15.5", "--target-cluster-parameter-group", "green-15"];
const GROUP = ["--target-parameter-group", "green-instance-15"];

describe("bluegreen-guard recreate, after a creation that failed,", () => {
  it("lists what is missing with the whole command, and does it once that is given", async () => {
    const lab = await openTerminalLab();
    await lab.failedCreation();
    const refused = await lab.run(["recreate", "orders-15", ...FIELDS, "--yes", "--json"]);
    expect(refused.code).toBe(2);
    const command = `npx bluegreen-guard recreate orders-15 --state ${lab.state} ${FIELDS.join(" ")} --target-parameter-group GROUP`;
    const [missing, ...after] = refused.out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(missing).toEqual({
      missing: [
        {
          field: "targetDBParameterGroupName",
          reason: expect.stringMatching(/^The creation failed at \w+, so green may still show blue's/),
          option: "--target-parameter-group",
        },
      ],
      command,
    });
    expect(after).toEqual([{ outcome: "refused" }]);
    expect(refused.err).toMatch(/^ {2}The instance parameter group \(--target-parameter-group\) is not known: The creation failed at /m);
    expect(refused.err).toContain(`\n  ${command}\nNothing was changed.\n`);
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
    const done = await lab.run(["recreate", "orders-15", ...FIELDS, ...GROUP, "--yes", "--json"]);
    expect(done.code).toBe(0);
    expect(JSON.parse(done.out.split("\n")[0] ?? "").plan.creates).toMatchObject({
      targetDBParameterGroupName: { value: "green-instance-15", from: "asked" },
    });
    expect(lastLine(done)).toMatchObject({ outcome: "done" });
    expect(lab.accepted("CreateBlueGreenDeployment").at(-1)).toMatchObject({
      TargetEngineVersion: "15.5",
      TargetDBClusterParameterGroupName: "green-15",
      TargetDBParameterGroupName: "green-instance-15",
    });
  });
});
