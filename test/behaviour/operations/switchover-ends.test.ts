import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { recordsInMemory } from "../../../local/records-memory.ts";
import type { Deployment, DeploymentView } from "../../../src/deployments/deployment.ts";
import type { Memory } from "../../../src/facts/memory.ts";
import { deploymentKey, newRecord } from "../../../src/facts/record.ts";
import { newRequest, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { type SwitchoverEnd, seeSwitchover } from "../../../src/operations/switchover/ending.ts";
import type { SwitchoverEvent, SwitchoverPorts } from "../../../src/operations/switchover/ports.ts";
import { rememberLook } from "../../../src/standing/memory.ts";
import { answered, describedView, IDS_AFTER, IDS_BEFORE, pair, rehearsed } from "../../support/deployments/described.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { accepted, REQUEST } from "../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchOver, switchoverPortsOf } from "../../support/operations/switching.ts";
import { wordsOf } from "../../support/operations/words.ts";

const ATTEMPT = Date.parse("2026-08-15T11:00:00.000Z");
const MINUTE = 60_000;
const KNOWN = rememberLook({}, describedView(rehearsed(), IDS_BEFORE), [], "2026-08-15T10:58:00.000Z");

const completed: SwitchoverEvent = {
  signal: "switchover-completed",
  at: "2026-08-15T11:00:41.000Z",
  text: "Switchover completed on blue/green deployment canal-rehearsal-bg.",
};
const cancelled: SwitchoverEvent = {
  signal: "switchover-cancelled",
  at: "2026-08-15T11:00:40.500Z",
  text: "Switchover from read replica canal-reader to canal-reader-green-abcdef was canceled due to replica lag.",
  reason: "replica lag",
};

/** How the guard sees its switchover end in looks at these minutes after its attempt. */
async function ends(view: DeploymentView, events: SwitchoverEvent[], minutes: number[], memory: Memory = KNOWN, { isGone = false } = {}) {
  const records = recordsInMemory(new Map());
  const { id, name } = view.deployment;
  const asked = { operation: "switchover" as const, deploymentId: id, deploymentName: name, blue: "db-BLUE1", timeoutSeconds: 300 };
  const by = { requestedBy: { name: "oncall" }, via: "terminal" as const, stateHash: "", approved: true };
  const before = {
    status: "AVAILABLE",
    source: { name: "canal-primary", parameterGroups: [] },
    target: { name: "green", parameterGroups: [] },
  };
  const request: OperationRequest = {
    ...newRequest(REQUEST, { ...asked, ...by }, ATTEMPT),
    attemptedAt: new Date(ATTEMPT).toISOString(),
    before,
  };
  await records.write(request);
  await records.write({ ...newRecord(deploymentKey(id)), memory, ...(isGone && { seen: view }) });
  const seen: (SwitchoverEnd | undefined)[] = [];
  for (const minute of minutes) {
    const rds = {
      deployment: async () => (isGone ? undefined : view.deployment),
      databases: async () => view.databases,
      endpoints: async () => [],
    };
    const ports = {
      records,
      rds,
      switchoverEvents: async () => events,
      now: () => ATTEMPT + minute * MINUTE,
    } as unknown as SwitchoverPorts;
    seen.push((await seeSwitchover(REQUEST, ports)).end);
  }
  return seen;
}

const partly = (changes: Partial<Deployment> = {}) => describedView(answered("partly-switched-over", changes), IDS_AFTER);
const [primary] = partly().deployment.members;
const following = partly({ members: [...(primary ? [primary] : []), pair("canal-reader", "canal-reader-green-abcdef")] });

describe("the guard's own switchover", () => {
  it.each<[string, SwitchoverEvent[]]>([
    ["nothing but the deployment's own event", [completed]],
    ["that a member's was cancelled, too", [completed, cancelled]],
    ["nothing", []],
  ])("ends in part at once where RDS says that a member's failed, and has listed %s", async (_, events) => {
    const [end] = await ends(partly(), events, [1.5]);
    expect(end?.result).toBe("partly");
    expect(wordsOf(end)).toBe(
      "canal-primary is switched over and leads to green's database 8.0.42. " +
        "canal-reader was not switched over (SWITCHOVER_FAILED): it leads to blue's database 8.0.42.",
    );
  });

  it("goes on while a member follows, and ends in part once nothing moves in three looks over five minutes", async () => {
    const results = (await ends(following, [completed], [1, 3, 4, 6])).map((end) => end?.result);
    expect(results).toEqual([undefined, undefined, undefined, "partly"]);
  });

  it("ends in part, and never as cancelled or unclear, where RDS never ends it and a name has changed hands", async () => {
    const stuck = partly({ status: "SWITCHOVER_IN_PROGRESS", members: following.deployment.members });
    const results = (await ends(stuck, [cancelled], [1, 34, 36])).map((end) => end?.result);
    expect(results).toEqual([undefined, undefined, "partly"]);
  });

  it("is not over with an old answer that shows what was before", async () => {
    const memory = rememberLook(KNOWN, partly(), [], "2026-08-15T11:00:30.000Z");
    expect(await ends(describedView(rehearsed(), IDS_BEFORE), [cancelled], [1], memory)).toEqual([undefined]);
  });

  // Source: ustaxcourt/ef-cms#9899: a pipeline deletes the deployment right after the switchover.
  it("is done where every member was switched, though the deployment is deleted by the time of the look", async () => {
    const after = answered("partly-switched-over", { members: [...(primary ? [primary] : []), pair("canal-reader-old1", "canal-reader")] });
    const whole = describedView(after, { "canal-primary": "db-GREEN1", "canal-reader": "db-GREEN2" });
    const memory = rememberLook(KNOWN, whole, [], "2026-08-15T11:00:42.000Z");
    const deleting = { ...whole, deployment: { ...after, status: "DELETING" } };
    expect(await ends(deleting, [completed], [1, 40], memory)).toEqual([{ result: "done" }, { result: "done" }]);
    expect(await ends(whole, [completed], [1], memory, { isGone: true })).toEqual([{ result: "done" }]);
  });

  it("is cancelled where RDS has rolled all of it back, which it has to show for a minute", async () => {
    const seen = await ends(describedView(rehearsed(), IDS_BEFORE), [cancelled], [1, 1.5, 2]);
    expect(seen).toEqual([undefined, undefined, { result: "cancelled", reason: { code: "rolled-back", text: "replica lag" } }]);
  });

  it("is never cancelled where RDS has listed that it completed, whatever else it has listed and whatever the status says", async () => {
    const seen = await ends(describedView(rehearsed(), IDS_BEFORE), [cancelled, completed], [1, 3, 30]);
    expect(seen).toEqual([undefined, undefined, undefined]);
  });

  it("is unclear where RDS has listed that it completed, and the deployment was deleted before every member was seen switched", async () => {
    const gone = await ends(describedView(rehearsed(), IDS_BEFORE), [completed], [1, 2], KNOWN, { isGone: true });
    expect(gone.map((end) => end?.result)).toEqual([undefined, "unclear"]);
  });

  it("is unclear where somebody has deleted the deployment, and RDS has listed nothing", async () => {
    const gone = await ends(describedView(rehearsed(), IDS_BEFORE), [], [1, 2], KNOWN, { isGone: true });
    expect(gone.map((end) => end?.result)).toEqual([undefined, "unclear"]);
  });
});

describe("a switchover that RDS made of a part", () => {
  let lab: TestLab;
  beforeEach(async () => {
    lab = await openTestLab({ lose: () => true });
    lab.rds.hasten(30);
  });
  afterEach(() => lab.close());

  it("ends so for the person who confirmed it, says which name leads where, and is not asked for again", async () => {
    const id = await ready(lab);
    lab.rds.hasten(1);
    const own = switchoverPortsOf(lab);
    // A custom endpoint takes part, and RDS does not switch it over.
    const endpoint = "arn:aws:rds:ap-northeast-1:123456789012:cluster-endpoint:orders-reader";
    const deployment: SwitchoverPorts["rds"]["deployment"] = async (asked) => {
      const now = await own.rds.deployment(asked);
      const status = now?.status === "SWITCHOVER_COMPLETED" ? "SWITCHOVER_FAILED" : "AVAILABLE";
      return now && { ...now, members: [...now.members, { source: endpoint, target: `${endpoint}-green-a1b2c3`, status }] };
    };
    const ports: SwitchoverPorts = { ...own, rds: { ...own.rds, deployment, endpoints: async () => [] } };
    await confirmSwitchover(id, ports);
    const { outcome, ...told } = await switchOver(lab, ports);
    const text = wordsOf(told);
    expect(outcome).toBe("partly");
    expect(text).toMatch(/^RDS has switched over a part of orders-15\. orders is switched over and leads to green's database 15\.5\./);
    expect(text).toContain("orders-1 is switched over");
    expect(text).toContain("orders-reader was not switched over (SWITCHOVER_FAILED): it leads to blue's database.");
    expect(text).toContain("Delete no database, blue or green, while a name leads to it.");
    const request = (await ports.records.read<OperationRequest>(requestKey(REQUEST))) as OperationRequest;
    expect(request.outcome?.result).toBe("partly");
    expect(accepted(lab, "SwitchoverBlueGreenDeployment")).toBe(1);
  });
});
