import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TOKEN } from "../../../../lab/secrets.ts";
import { openRecordsFolder } from "../../../../local/records-folder.ts";
import { newRequest } from "../../../../src/operations/request.ts";
import { writeRequest } from "../../../../src/operations/requests.ts";
import { heading } from "../../../support/lab/stage.ts";
import { DEPLOYED, lastLine, openTerminalLab, slackOf, type TerminalLab } from "../../../support/local/terminal-lab.ts";

const YES = ["recreate", "orders-15", "--yes"];

/** How often the lab deleted and created since the first creation. */
function changes(lab: TerminalLab) {
  return { deleted: lab.accepted("DeleteBlueGreenDeployment").length, created: lab.accepted("CreateBlueGreenDeployment").length - 1 };
}

describe("bluegreen-guard recreate", { concurrent: true }, () => {
  it("accepts with --yes what is not known", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.iam.closed = true;
    const { code, out } = await lab.run(YES);
    expect(code).toBe(0);
    expect(out).toContain("  unknown  SimulatePrincipalPolicy was refused: AccessDenied:");
    expect(out).toContain("Allow oncall iam:SimulatePrincipalPolicy on itself");
  });

  it.for(["RDS deletes it", "Created as"])(
    "goes on after a kill once it said %j: one deletion, one creation",
    async (words, { onTestFinished }) => {
      const lab = await openTerminalLab({ onTestFinished });
      await lab.ruined();
      lab.slowDown();
      const first = lab.start(YES);
      await first.saw("RDS deletes it");
      if (words === "Created as") lab.goOn();
      await first.saw(words);
      lab.pause();
      first.signal("SIGKILL");
      await first.ended;
      const { out } = await lab.run(["status"]);
      expect(out).toContain("PAUSED");
      expect(out).toContain(`No process carries it out now. To go on: npx bluegreen-guard recreate orders-15 --state ${lab.state}`);
      lab.goOn();
      const second = await lab.run(["recreate", "orders-15"]);
      expect(second.code).toBe(0);
      expect(second.out).toContain("is under way. This follows it.");
      expect(changes(lab)).toEqual({ deleted: 1, created: 1 });
    },
  );

  it("says at Ctrl-C that it stands still and how it goes on, and ends with 130", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.slowDown();
    const first = lab.start([...YES, "--json"]);
    await first.saw("RDS deletes it");
    lab.pause();
    first.signal("SIGINT");
    const ended = await first.ended;
    expect(ended.code).toBe(130);
    expect(ended.err).toContain("This process did the work, so nothing goes on but what RDS has begun.");
    expect(ended.err).toContain(`npx bluegreen-guard recreate orders-15 --state ${lab.state}\n`);
    expect(lastLine(ended)).toEqual({ outcome: "interrupted" });
  });

  it("begins what was asked for by a process that was killed before it could begin it", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    const id = await lab.ruined();
    const records = await openRecordsFolder(join(lab.kept, "records"));
    const asked = { operation: "recreate", deploymentId: id, deploymentName: "orders-15", blue: "cluster-A" } as const;
    const by = { requestedBy: { name: "oncall" }, via: "terminal", stateHash: "of another state", approved: true } as const;
    await writeRequest(records, newRequest(randomUUID(), { ...asked, ...by }, lab.clock.now()));
    const { code, out } = await lab.run(["recreate", "orders-15"]);
    expect(code).toBe(2);
    expect(out).toMatch(/^Refused\. {2}The deployment has changed since the plan was confirmed\./m);
    expect(changes(lab)).toEqual({ deleted: 0, created: 0 });
  });

  it("tells a second process who works in the folder", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.slowDown();
    const first = lab.start(YES);
    await first.saw("RDS deletes it");
    const { code, err } = await lab.run(YES);
    expect(code).toBe(2);
    expect(err).toMatch(/^Process \d+ works in this state folder since .* UTC: one at a time\./);
    lab.goOn();
    expect((await first.ended).code).toBe(0);
    expect(changes(lab)).toEqual({ deleted: 1, created: 1 });
  });

  it("says loudly that it failed after the deletion, and goes on with the same new name", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    lab.slowDown();
    const first = lab.start(YES);
    await first.saw("RDS deletes it");
    lab.goOn();
    lab.rds.parameterGroups.remove("cluster", "green-15");
    const failed = await first.ended;
    expect(failed.code).toBe(1);
    expect(failed.out).toMatch(/^FAILED\. .*nothing was created in its place/m);
    const newName = /as (orders-15-[0-9a-f]{8})\./.exec(failed.out)?.[1];
    expect((await lab.run(["status"])).out).toContain("STOPPED HALFWAY");

    const offered = await lab.run(["recreate", "orders-15"]);
    expect(offered.code).toBe(2);
    expect(offered.out).toContain(
      `${newName} is created with the saved settings: engine version 15.5, parameter groups green-15 and green-instance-15.`,
    );

    lab.rds.parameterGroups.add({ kind: "cluster", name: "green-15", family: "aurora-postgresql15" });
    const done = await lab.run(YES);
    expect(done.code).toBe(0);
    expect(done.out.match(/Asked for by/g)).toHaveLength(1);
    expect(changes(lab)).toEqual({ deleted: 1, created: 1 });
    expect(lab.accepted("CreateBlueGreenDeployment").at(-1)).toMatchObject({ BlueGreenDeploymentName: newName });
  });

  it("has the deployed guard do it and follows; at Ctrl-C that goes on", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ deployed: true, onTestFinished });
    await lab.ruined();
    lab.slowDown();
    const first = lab.start(YES, DEPLOYED);
    await first.saw("RDS deletes it");
    first.signal("SIGINT");
    const left = await first.ended;
    expect(left.code).toBe(130);
    expect(left.out).toContain("The deployed guard goes on with it.");
    const following = lab.start([...YES, "--json"], DEPLOYED);
    await following.saw("This follows it.");
    lab.goOn();
    const second = await following.ended;
    expect(second.code).toBe(0);
    expect(lastLine(second)).toMatchObject({ outcome: "done" });
    expect(second.err).toContain("A recreation of orders-15");
    expect(changes(lab)).toEqual({ deleted: 1, created: 1 });
  });

  it("tells Slack too where it has the settings", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ onTestFinished });
    await lab.ruined();
    // The token itself is enough, for who has no secret yet.
    const { code } = await lab.run(YES, { ...slackOf(lab), SLACK_SECRET: undefined, SLACK_BOT_TOKEN: TOKEN });
    expect(code).toBe(0);
    const posted = lab.slack.messages.filter((it) => heading(it) === "Created again");
    expect(posted).toEqual([expect.objectContaining({ threadTs: expect.any(String) })]);
    const card = lab.slack.messages.find(({ ts }) => ts === posted[0]?.threadTs);
    expect(card && heading(card)).toMatch(/^orders-15/);
  });
});
