import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { createRdsChanges } from "../../../src/clients/rds/changes.ts";
import { createRds } from "../../../src/clients/rds/rds.ts";
import { type BrokenContractError, type Ground, playStory } from "../../cloud/story.ts";
import { startLab } from "../../support/lab/rds.ts";

const run = promisify(execFile);

/** The lab as the ground on which the story plays. */
async function labGround() {
  const { clock, rds: lab, url: endpoint } = await startLab();
  lab.addInstance({
    identifier: "throwaway",
    engine: "mysql",
    engineVersion: "8.0.39",
    class: "db.t4g.micro",
    parameterGroup: "default.mysql8.0",
  });
  const options = { endpoint, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const lines: string[] = [];
  const ground: Ground = {
    rds: { ...createRds(options), ...createRdsChanges(options) },
    time: clock,
    throwaway: { arn: "arn:aws:rds:ap-northeast-1:123456789012:db:throwaway", parameterGroup: "default.mysql8.0" },
    say: (line) => void lines.push(line),
  };
  return { clock, lab, ground, lines };
}

describe("the story of `npm run test:cloud`", () => {
  it("holds in the lab, so that the lab does what RDS is asked about", async () => {
    const { clock, lab, ground, lines } = await labGround();
    await clock.work(() => playStory(ground));
    expect(lines.filter((line) => line.startsWith("holds: ")).length).toBeGreaterThan(12);
    const changes = lab.calls.filter(({ action, outcome }) => outcome === "accepted" && /^(Create|Delete|Switchover)/.test(action));
    expect(changes.map(({ action }) => action.replace("BlueGreenDeployment", ""))).toEqual(["Create", "Delete", "Create", "Switchover"]);
  });

  it("ends at the first thing that RDS does otherwise, and says what it saw", async () => {
    const { clock, ground } = await labGround();
    const events = async () => [];
    const broken = clock.work(() => playStory({ ...ground, rds: { ...ground.rds, events } }));
    await expect(broken).rejects.toMatchObject({
      name: "BrokenContractError" satisfies BrokenContractError["name"],
      message: "RDS lists the deployment's own events by its id: RDS says otherwise. Seen: 0.",
    });
  });

  it("is skipped with a sentence where no account is named", async () => {
    const env = { ...process.env, CLOUD_ACCOUNT: "" };
    const { stdout, stderr } = await run(process.execPath, ["test/cloud/cloud.ts"], { env });
    expect(stdout).toMatch(/^Skipped: no AWS account is named\. With AWS's own environment and CLOUD_ACCOUNT=/);
    expect(stderr).toBe("");
  });
});
