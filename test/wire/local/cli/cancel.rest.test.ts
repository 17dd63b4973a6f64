import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { newRequest } from "../../../../src/operations/request.ts";
import { openRequests, writeRequest } from "../../../../src/operations/requests.ts";
import { DEPLOYED, lastLine, openTerminalLab } from "../../../support/local/terminal-lab.ts";

const YES = ["recreate", "orders-15", "--yes"];
const CANCEL = ["cancel", "orders-15", "--json"];

/** A recreation at a terminal, and the lab's clock stopped while RDS deletes. */
async function pausedAtDeletion(environment?: typeof DEPLOYED) {
  const lab = await openTerminalLab({ deployed: environment !== undefined });
  await lab.ruined();
  lab.slowDown();
  const first = lab.start(YES, environment);
  await first.saw("RDS deletes it");
  lab.pause();
  return { lab, first };
}

describe("bluegreen-guard cancel", () => {
  it("has another process stop before its next change, and waits until that has taken note", async () => {
    const { lab, first } = await pausedAtDeletion();
    const ended = await lab.run(CANCEL);
    expect(ended).toMatchObject({ code: 0, err: expect.stringContaining("It was told, and stops before its next change to RDS.") });
    expect(lastLine(ended)).toEqual({ outcome: "cancelled" });
    lab.goOn();
    expect(await first.ended).toMatchObject({ code: 1, out: expect.stringMatching(/^Stopped\. .*nothing was created in its place/m) });
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(1);
  });

  it("stops what nobody works on before it goes on", async () => {
    const { lab, first } = await pausedAtDeletion();
    first.signal("SIGKILL");
    await first.ended;
    lab.goOn();
    // By now green is gone: a process that went on before it was stopped would create.
    while ((await lab.run(["status"])).out.includes("DELETING"));
    const ended = await lab.run(CANCEL);
    expect(ended.code).toBe(0);
    expect(lastLine(ended)).toEqual({ outcome: "cancelled" });
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(1);
  });

  it("stops the deployed guard", async () => {
    const { lab, first } = await pausedAtDeletion(DEPLOYED);
    const second = lab.start(CANCEL, DEPLOYED);
    await second.saw("It stops before its next change to RDS.");
    lab.goOn();
    expect((await second.ended).code).toBe(0);
    expect((await first.ended).code).toBe(1);
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(1);
  });

  it("--force shows what it means and ends for good what nobody works on, which a person can go on with from the saved spec", async () => {
    const { lab, first } = await pausedAtDeletion();
    first.signal("SIGKILL");
    await first.ended;
    const plan = await lab.run(["cancel", "orders-15", "--force"]);
    expect(plan).toMatchObject({ code: 2, out: expect.stringContaining("End the recreation of orders-15 by force?") });
    expect(plan.out).toContain("It is in this folder, and no other process works on it");
    expect(plan.out).toMatch(/RDS shows orders-15 as DELETING\./);
    const ended = await lab.run([...CANCEL, "--force", "--yes"]);
    expect(ended.code).toBe(0);
    expect(lastLine(ended)).toEqual({ outcome: "cancelled" });
    lab.goOn();
    // More than ten minutes go by until it is gone.
    while ((await lab.run(["status"])).out.includes("DELETING"));
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(1);
    expect(await lab.run(YES)).toMatchObject({ code: 0, out: expect.stringContaining("is created with the saved settings") });
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(2);
  });

  it("--force ends what has no execution in its folder any more", async () => {
    const { lab, first } = await pausedAtDeletion();
    first.signal("SIGKILL");
    await first.ended;
    await rm(join(lab.kept, "executions"), { recursive: true });
    const stuck = await lab.run(["cancel", "orders-15", "--force", "--yes"]);
    expect(stuck).toMatchObject({ code: 0, out: expect.stringContaining("This folder does not have it") });
    expect(await lab.run(["cancel", "orders-15"])).toMatchObject({ code: 2, err: expect.stringContaining("there is nothing to stop") });
  });

  it("--force has the deployed guard stop its execution, and follows until its sweep has released the database", async () => {
    const lab = await openTerminalLab({ deployed: true });
    await lab.ruined();
    lab.slowDown();
    const first = lab.start(YES, DEPLOYED);
    await first.saw("RDS deletes it");
    // An execution that looks hears of it by itself.
    lab.pause();
    const second = lab.start([...CANCEL, "--force", "--yes"], DEPLOYED);
    await second.saw("It makes no further change.");
    const swept = lab.sweep();
    expect((await second.ended).code).toBe(0);
    lab.goOn();
    await swept;
    expect(await first.ended).toMatchObject({
      code: 1,
      out: expect.stringMatching(/ended it by force\. It ended without a report: Lambda says STOPPED/),
    });
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(1);
  });

  it("--force is written down with AWS's time, whatever the clock of this machine says", async () => {
    const { lab, first } = await pausedAtDeletion(DEPLOYED);
    const yesterday = "const own=Date.now;Date.now=()=>own()-86400000;";
    const NODE_OPTIONS = `--import=data:text/javascript;base64,${btoa(yesterday)}`;
    const second = lab.start([...CANCEL, "--force", "--yes"], { ...DEPLOYED, NODE_OPTIONS });
    await second.saw("It makes no further change.");
    const [request] = await openRequests(lab.records);
    expect(Math.abs(Date.parse(request?.forced?.at ?? "") - lab.clock.now())).toBeLessThan(5 * 60_000);
    for (const program of [first, second]) program.signal("SIGINT");
    await Promise.all([first.ended, second.ended]);
    lab.goOn();
  });

  it("stops none of two operations on deployments of that name, and asks for the id", async () => {
    const lab = await openTerminalLab({ deployed: true });
    for (const [id, blue] of [
      ["bgd-aaaaaaaaaaaaaaaa", "cluster-A"],
      ["bgd-bbbbbbbbbbbbbbbb", "cluster-B"],
    ] as const) {
      const by = { requestedBy: { name: "oncall" }, via: "terminal", approved: true, stateHash: "0" } as const;
      const asked = { ...by, operation: "recreate", deploymentId: id, deploymentName: "orders-15", blue } as const;
      await writeRequest(lab.records, newRequest(blue, asked, lab.clock.now()));
    }
    for (const more of [[], ["--force", "--yes"]]) {
      const { code, err } = await lab.run(["cancel", "orders-15", ...more], DEPLOYED);
      expect([code, err]).toEqual([2, expect.stringContaining('Several deployments are called "orders-15". Say which by its id:')]);
    }
    expect((await openRequests(lab.records)).map(({ cancelled }) => cancelled)).toEqual([undefined, undefined]);
    expect(await lab.run(["cancel", "bgd-aaaaaaaaaaaaaaaa"], DEPLOYED)).toMatchObject({ code: 0 });
  });

  it("has nothing to stop where nothing is under way: 2", async () => {
    const lab = await openTerminalLab();
    expect(await lab.run(["cancel", "orders-15"])).toMatchObject({ code: 2, err: expect.stringContaining("there is nothing to stop") });
  });

  it("has nothing to stop while another process works on a deployment of another name: 2", async () => {
    const { lab, first } = await pausedAtDeletion();
    const beginning = await lab.run(["cancel", "ord"]);
    expect(beginning).toMatchObject({ code: 2, err: expect.stringContaining('One deployment begins with "ord". What changes something') });
    const other = await lab.run(["cancel", "customers-15"]);
    expect(other).toMatchObject({ code: 2, err: expect.stringContaining('No operation on "customers-15" is under way') });
    lab.goOn();
    expect((await first.ended).code).toBe(0);
  });
});
