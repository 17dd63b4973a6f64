import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decideUnclear, readBlue } from "../../../src/operations/claim.ts";
import { type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { cancelRequest, openRequests } from "../../../src/operations/requests.ts";
import type { SwitchoverPorts } from "../../../src/operations/switchover/ports.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { accepted, REQUEST } from "../../support/operations/recreating.ts";
import { confirmSwitchover, ready, switchOver, switchoverPortsOf } from "../../support/operations/switching.ts";
import { wordsOf } from "../../support/operations/words.ts";

let lab: TestLab;
let ports: ReturnType<typeof switchoverPortsOf>;
let id: string;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
  lab.rds.hasten(30);
  ports = switchoverPortsOf(lab);
  id = await ready(lab);
  lab.rds.hasten(1);
});
afterEach(() => lab.close());

const request = async () => (await ports.records.read<OperationRequest>(requestKey(REQUEST))) as OperationRequest;
const asked = () => lab.rds.calls.filter(({ action }) => action === "SwitchoverBlueGreenDeployment").length;
const switched = () => accepted(lab, "SwitchoverBlueGreenDeployment");
const claim = async () => (await readBlue((await request()).blue, ports.records)).claim;
const green = async () => (await ports.rds.deployment(id))?.target?.split(":").at(-1) ?? "";

/** The ports, with one function of their RDS replaced. */
const portsWith = (rds: Partial<SwitchoverPorts["rds"]>): SwitchoverPorts => ({ ...ports, rds: { ...ports.rds, ...rds } });

describe("a switchover that a person confirmed", () => {
  it("is asked of RDS once, ends when every member has ended, and lets go of the database", async () => {
    await confirmSwitchover(id, ports, { timeoutSeconds: 600 });
    const { outcome, ...told } = await switchOver(lab, ports);
    const text = wordsOf(told);
    expect({ outcome, switched: switched() }).toEqual({ outcome: "done", switched: 1 });
    expect(text).toMatch(/was switched over\. orders-green-\w{6} is called orders now, engine version 14\.10 → 15\.5\./);
    expect((await ports.rds.deployment(id))?.members.every(({ status }) => status === "SWITCHOVER_COMPLETED")).toBe(true);
    expect(await claim()).toBeUndefined();
    expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
  });

  it("has who asked, the state before and that it is about to be tried written down when RDS is asked", async () => {
    await confirmSwitchover(id, ports);
    let before: OperationRequest | undefined;
    const switchOverThen: SwitchoverPorts["rds"]["switchOver"] = async (...args) => {
      before = await request();
      return ports.rds.switchOver(...args);
    };
    expect((await switchOver(lab, portsWith({ switchOver: switchOverThen }))).outcome).toBe("done");
    expect(before).toMatchObject({
      requestedBy: { name: "oncall" },
      attemptedAt: expect.any(String),
      before: { status: "AVAILABLE", source: { name: "orders", engineVersion: "14.10" }, target: { engineVersion: "15.5" } },
      notes: [expect.objectContaining({ step: "started" })],
    });
  });

  it("that RDS cancels says why, and that nothing has changed", async () => {
    await confirmSwitchover(id, ports);
    lab.rds.faults.cancelSwitchover("long-running active writes on orders");
    const { outcome, ...told } = await switchOver(lab, ports);
    const text = wordsOf(told);
    expect(outcome).toBe("cancelled");
    expect(text).toMatch(
      /^RDS cancelled the switchover of .*: long-running active writes on orders\. Nothing has changed: blue is production/,
    );
    expect(await claim()).toBeUndefined();
  });

  it("that takes longer than its timeout is rolled back, which is said", async () => {
    await confirmSwitchover(id, ports, { timeoutSeconds: 30 });
    const { outcome, ...told } = await switchOver(lab, ports);
    const text = wordsOf(told);
    expect(outcome).toBe("cancelled");
    expect(text).toContain("timeout of 30 seconds");
  });

  it("that ends as SWITCHOVER_FAILED says so with RDS's details", async () => {
    await confirmSwitchover(id, ports);
    lab.rds.faults.failSwitchover("Green could not be renamed.");
    const { outcome, ...told } = await switchOver(lab, ports);
    const text = wordsOf(told);
    expect(outcome).toBe("failed");
    expect(text).toContain("Green could not be renamed. See whether blue accepts writes, before anything else.");
  });

  it("may be tried again after one that failed", async () => {
    await confirmSwitchover(id, ports);
    lab.rds.faults.failSwitchover("Green could not be renamed.");
    await switchOver(lab, ports);
    const requestId = REQUEST.replace("0f9a", "1a2b");
    await confirmSwitchover(id, ports, { requestId });
    expect((await switchOver(lab, ports, { requestId })).outcome).toBe("done");
    expect(switched()).toBe(2);
  });
});

describe("a switchover is refused, and RDS is not asked,", () => {
  it.each<[string, RegExp, () => Promise<void> | void]>([
    ["where DDL has ruined replication", /Replication is degraded/, () => void lab.rds.runDdl("orders", "ALTER TABLE")],
    [
      "where the deployment changed since it was confirmed",
      /has changed since the plan was confirmed/,
      async () => lab.rds.change(await green(), { deletionProtection: true }),
    ],
    ["where blue is not available", /orders is backing-up/, () => void lab.rds.change("orders", { status: "backing-up" })],
  ])("%s", async (_, words, change) => {
    await confirmSwitchover(id, ports);
    await lab.clock.work(async () => {
      await change();
      await pass(lab, MINUTE);
    });
    const { outcome, ...told } = await switchOver(lab, ports);
    const text = wordsOf(told);
    expect({ outcome, asked: asked() }).toEqual({ outcome: "refused", asked: 0 });
    expect(text).toMatch(words);
  });

  it.each<[string, string, Partial<OperationRequest>]>([
    ["that nobody approved", "refused", { approved: false }],
    ["that is too old", "refused", { validUntil: "2024-02-05T04:00:00.000Z" }],
    ["that was cancelled", "refused", { cancelled: { by: { name: "oncall" }, at: "2024-02-05T04:00:00.000Z" } }],
    [
      "that another execution uses",
      "duplicate",
      { usedBy: "arn:aws:lambda:ap-northeast-1:123456789012:function:switchover:1/durable-execution/a/b" },
    ],
  ])("for a request %s", async (_, outcome, fields) => {
    await confirmSwitchover(id, ports);
    await ports.records.write({ ...(await request()), ...fields });
    expect((await switchOver(lab, ports)).outcome).toBe(outcome);
    expect(asked()).toBe(0);
  });

  it("for an id on the bus that no request has", async () => {
    expect((await switchOver(lab, ports, { requestId: "0f9a2c41-0000-4b8e-9c51-2f6d3e8a7b10" })).outcome).toBe("refused");
    expect(asked()).toBe(0);
  });
});

describe("green that is not ready when it is to be switched to", () => {
  it("is waited for up to ten minutes, and then switched to", async () => {
    await confirmSwitchover(id, ports);
    const name = await green();
    lab.rds.change(name, { status: "storage-optimization" });
    let playing: Promise<void> | undefined;
    const onBegun = () => {
      playing = lab.clock.work(async () => {
        await pass(lab, 5 * MINUTE);
        expect(asked()).toBe(0);
        lab.rds.change(name, { status: "available" });
      });
    };
    expect((await switchOver(lab, ports, { onBegun })).outcome).toBe("done");
    await playing;
  });

  it("is given up after that, and RDS is not asked", async () => {
    await confirmSwitchover(id, ports);
    lab.rds.change(await green(), { status: "storage-optimization" });
    const { outcome, ...told } = await switchOver(lab, ports);
    const text = wordsOf(told);
    expect({ outcome, asked: asked() }).toEqual({ outcome: "refused", asked: 0 });
    expect(text).toMatch(/Green is not ready after ten minutes: orders-green-\w{6} is storage-optimization\./);
  });
});

describe("RDS is asked at most once at a time:", () => {
  it("an answer that was lost after RDS took the call is not asked for again", async () => {
    await confirmSwitchover(id, ports);
    lab.rds.faults.serverError({ action: "SwitchoverBlueGreenDeployment", when: "after" });
    expect((await switchOver(lab, ports)).outcome).toBe("done");
    expect({ asked: asked(), switched: switched() }).toEqual({ asked: 1, switched: 1 });
  });

  it("after a refusal as not ready, only once status and events say that nothing began", async () => {
    await confirmSwitchover(id, ports);
    const at: number[] = [];
    const refusing: SwitchoverPorts["rds"]["switchOver"] = async (...args) => {
      at.push(lab.clock.now());
      if (at.length > 1) return ports.rds.switchOver(...args);
      throw Object.assign(new Error("DB instance is not in available state"), {
        name: "InvalidBlueGreenDeploymentStateFault",
        $metadata: { httpStatusCode: 400 },
      });
    };
    expect((await switchOver(lab, portsWith({ switchOver: refusing }))).outcome).toBe("done");
    expect(at).toHaveLength(2);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(2 * MINUTE);
  });

  it("is refused for ten minutes, it is given up, and said that RDS refused", async () => {
    await confirmSwitchover(id, ports);
    let calls = 0;
    const refusing: SwitchoverPorts["rds"]["switchOver"] = async () => {
      calls += 1;
      throw Object.assign(new Error("not in available state"), {
        name: "InvalidBlueGreenDeploymentStateFault",
        $metadata: { httpStatusCode: 400 },
      });
    };
    const { outcome, ...told } = await switchOver(lab, portsWith({ switchOver: refusing }));
    const text = wordsOf(told);
    expect(outcome).toBe("refused");
    expect(text).toContain("RDS has refused the switchover for ten minutes");
    expect(calls).toBeLessThan(6);
  });

  it("what it refuses for good it is not asked again, and nothing has changed", async () => {
    await confirmSwitchover(id, ports);
    const denied: SwitchoverPorts["rds"]["switchOver"] = async () => {
      throw Object.assign(new Error("not allowed"), { name: "AccessDenied", $metadata: { httpStatusCode: 403 } });
    };
    const { outcome, ...told } = await switchOver(lab, portsWith({ switchOver: denied }));
    const text = wordsOf(told);
    expect(outcome).toBe("refused");
    expect(text).toContain("RDS refused it: not allowed");
    expect(await claim()).toBeUndefined();
  });
});

describe("a switchover of which it is not clear how it ended", () => {
  const stuck: Partial<SwitchoverPorts["rds"]> = {
    deployment: async (of) => {
      const found = await ports.rds.deployment(of);
      return found && asked() > 0 ? { ...found, status: "SWITCHOVER_IN_PROGRESS" } : found;
    },
  };

  it("keeps the claim, so that nothing else is done, until a person has decided", async () => {
    await confirmSwitchover(id, ports, { timeoutSeconds: 30 });
    const { outcome, ...told } = await switchOver(lab, portsWith(stuck));
    const text = wordsOf(told);
    expect(outcome).toBe("unclear");
    expect(text).toMatch(
      /RDS says SWITCHOVER_IN_PROGRESS, and its events say: .*Switchover started.*a person has looked and typed: npx bluegreen-guard cancel orders-15/,
    );
    expect((await claim())?.unclear).toBeDefined();
    expect((await openRequests(ports.records)).map(({ key }) => key)).toEqual([requestKey(REQUEST)]);
    const { blue } = await request();
    await decideUnclear(REQUEST, { name: "oncall" }, ports);
    expect((await readBlue(blue, ports.records)).claim).toBeUndefined();
    expect((await request()).decided?.by).toEqual({ name: "oncall" });
    expect(await openRequests(ports.records)).toEqual([]);
  });
});

describe("whoever cancels a switchover", () => {
  it("before the attempt stops it", async () => {
    await confirmSwitchover(id, ports);
    lab.rds.change(await green(), { status: "storage-optimization" });
    let playing: Promise<void> | undefined;
    const onBegun = () => {
      playing = lab.clock.work(async () => {
        await pass(lab, MINUTE);
        await cancelRequest(ports.records, REQUEST, { name: "somebody" }, lab.clock.now());
        lab.rds.change(await green(), { status: "available" });
      });
    };
    const { outcome } = await switchOver(lab, ports, { onBegun });
    await playing;
    expect({ outcome, asked: asked() }).toEqual({ outcome: "cancelled", asked: 0 });
  });

  it("after it does not keep RDS from ending it, and reads how it ended", async () => {
    await confirmSwitchover(id, ports);
    let playing: Promise<void> | undefined;
    const onBegun = () => {
      playing = lab.clock.work(async () => {
        await pass(lab, MINUTE);
        expect(switched()).toBe(1);
        await cancelRequest(ports.records, REQUEST, { name: "somebody" }, lab.clock.now());
      });
    };
    const { outcome } = await switchOver(lab, ports, { onBegun });
    await playing;
    expect(outcome).toBe("done");
  });
});

it("two switchovers of one database at a time: the second is refused while the first is at work", async () => {
  await confirmSwitchover(id, ports);
  const requestId = REQUEST.replace("0f9a", "1a2b");
  await confirmSwitchover(id, ports, { requestId });
  const [first, second] = await Promise.all([switchOver(lab, ports), switchOver(lab, ports, { requestId })]);
  expect([first.outcome, second.outcome].sort()).toEqual(["done", "refused"]);
  expect([first, second].map(wordsOf).join()).toContain("A switchover of this database is under way since ");
  expect(switched()).toBe(1);
});
