import { rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRecordsFolder } from "../../../../local/records-folder.ts";
import { newRequest } from "../../../../src/operations/request.ts";
import { openRequests, writeRequest } from "../../../../src/operations/requests.ts";
import { DEPLOYED, lastLine, openTerminalLab, type TerminalLab } from "../../../support/local/terminal-lab.ts";

const YES = ["recreate", "orders-15", "--yes"];

describe("a terminal, where somebody in Slack has asked for a recreation that waits for approval,", () => {
  async function waiting(): Promise<TerminalLab> {
    const lab = await openTerminalLab({ deployed: true });
    const id = await lab.ruined();
    const asked = { operation: "recreate", deploymentId: id, deploymentName: "orders-15", blue: "cluster-A", stateHash: "0" } as const;
    const by = { requestedBy: { name: "oncall (U0ONCALL)" }, via: "slack", approved: false, askerId: "U0ONCALL" } as const;
    await writeRequest(lab.records, newRequest("r1", { ...asked, ...by }, lab.clock.now()));
    return lab;
  }

  it("says so, how to stop it, and begins nothing", async () => {
    const lab = await waiting();
    for (const args of [YES, ["switchover", "orders-15", "--yes"]]) {
      const { code, out, err } = await lab.run(args, DEPLOYED);
      expect(code).toBe(2);
      expect(err).toMatch(/A recreation of orders-15, asked for by oncall \(U0ONCALL\), waits for another operator's approval\./);
      expect(err).toContain("To stop it: npx bluegreen-guard cancel orders-15");
      expect(out + err).not.toContain("This follows it");
    }
    expect(lab.bus.events.filter((event) => /Requested/.test(event["detail-type"]))).toEqual([]);
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
  });

  it("can stop it", async () => {
    const lab = await waiting();
    const cancelled = await lab.run(["cancel", "orders-15"], DEPLOYED);
    expect(cancelled).toMatchObject({
      code: 0,
      out: expect.stringContaining("It had not begun, and will not. Nothing has been deleted or renamed."),
    });
    expect(await openRequests(lab.records)).toEqual([]);
  });
});

describe("a request that somebody moved out of the state folder", () => {
  it("is found by its claim: it can be cancelled, changes nothing more, and says what is not known", async () => {
    const lab = await openTerminalLab();
    await lab.ruined();
    lab.slowDown();
    const first = lab.start(YES);
    await first.saw("RDS deletes it");
    lab.pause();
    first.signal("SIGKILL");
    await first.ended;
    const records = join(lab.kept, "records");
    const [request] = await openRequests(await openRecordsFolder(records));
    const file = `${encodeURIComponent(request?.key ?? "")}.json`;
    await rename(join(records, file), join(lab.kept, file));
    lab.goOn();
    const ended = await lab.run(["cancel", "orders-15", "--json"]);
    expect(ended.err).toContain("It stops before its next change to RDS.");
    expect(ended.err).toContain(
      "The guard has lost its request, so it does not know what was changed in RDS. This takes up to five minutes",
    );
    expect(ended.err).toContain(
      "The guard has lost its request, so it does not know what was changed in RDS by then. See how things stand: npx bluegreen-guard status",
    );
    expect([ended.code, lastLine(ended)]).toEqual([0, { outcome: "cancelled" }]);
    expect(lab.accepted("CreateBlueGreenDeployment")).toHaveLength(1);
    expect(await lab.run(["cancel", "orders-15"])).toMatchObject({ code: 2, err: expect.stringContaining("there is nothing to stop") });
  });
});
