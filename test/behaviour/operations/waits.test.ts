import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { OperationOutput } from "../../../src/operations/end.ts";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import { type OperationNote, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { cancelRequest } from "../../../src/operations/requests.ts";
import { HOUR, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { openGuarded } from "../../support/operations/guarded.ts";
import { accepted, confirm, openRecreateEngine, portsOf, REQUEST, ruined } from "../../support/operations/recreating.ts";

vi.setConfig({ testTimeout: 120_000 });

let lab: TestLab;
let ports: ReturnType<typeof portsOf>;
let notes: OperationNote[];
let stuckAfterHours: number;
let id: string;
beforeEach(async () => {
  lab = await openTestLab({ lose: () => true });
  ports = portsOf(lab);
  notes = [];
  stuckAfterHours = 6;
  lab.rds.hasten(30);
  id = await ruined(lab);
  await confirm(id, ports);
});
afterEach(() => lab.close());

/** Runs the recreation while `scene` happens. */
async function run(scene: () => Promise<void> = async () => undefined, rds: Partial<RecreatePorts["rds"]> = {}): Promise<OperationOutput> {
  const tell: RecreatePorts["tell"] = async (_request, note) => Boolean(notes.push(note));
  // Hundreds of looks over the wire: what DescribeEvents says is left out of them here.
  const degradation: RecreatePorts["degradation"] = async () => ({ state: "not-seen" });
  const { run: runIt, close } = await openRecreateEngine(lab, {
    ...ports,
    stuckAfterHours,
    degradation,
    rds: { ...ports.rds, ...rds },
    tell,
  });
  let playing: Promise<void> | undefined;
  try {
    const output = await runIt(() => {
      playing = lab.clock.work(scene);
    });
    await playing;
    return output;
  } finally {
    await close();
  }
}

const told = (step: string) => notes.filter((note) => note.step === step);
const request = () => ports.records.read<OperationRequest>(requestKey(REQUEST));
const newOne = async () => (await ports.rds.deployments()).find((it) => it.id !== id);

/** Waits until it is so, looking once a minute of the lab's time, for a day at most. */
async function until(isSo: () => unknown): Promise<void> {
  for (let minute = 0; minute < 1_440 && !(await isSo()); minute += 1) await pass(lab, MINUTE);
}

describe("a creation", () => {
  it("that takes longer than the hours of the setting, but moves, is waited for, and nobody is told that it is stuck", async () => {
    stuckAfterHours = 0.4;
    lab.rds.hasten(1);
    lab.rds.nextCreation = { minutes: 30 };
    const began = lab.clock.now();
    expect(await run()).toMatchObject({ outcome: "done" });
    expect(lab.clock.now() - began).toBeGreaterThan(30 * MINUTE);
    expect(told("stuck")).toEqual([]);
  });

  it("in which nothing moves for the hours of the setting is told once and waited for on, until somebody gives it up", async () => {
    stuckAfterHours = 1;
    lab.rds.faults.stickCreation();
    let stuckFor = 0;
    const output = await run(async () => {
      await until(newOne);
      const began = lab.clock.now();
      await until(() => told("stuck").length > 0);
      stuckFor = lab.clock.now() - began;
      await pass(lab, 1.1 * HOUR);
      expect(await request()).not.toHaveProperty("outcome");
      await cancelRequest(ports.records, REQUEST, "oncall", lab.clock.now());
    });
    expect(stuckFor).toBeGreaterThanOrEqual(HOUR);
    expect(stuckFor).toBeLessThan(1.1 * HOUR);
    expect(told("stuck").map(({ text }) => text)).toEqual([
      expect.stringMatching(
        /^Nothing has moved for an hour \(PROVISIONING, .*\)\. It is waited for on; to give it up: .*cancel orders-15$/,
      ),
    ]);
    const words = /^oncall gave up waiting for bgd-\S+, which RDS goes on building\. Blue is as it was\. /;
    expect(output).toMatchObject({ outcome: "cancelled", text: expect.stringMatching(words) });
    expect([accepted(lab, "DeleteBlueGreenDeployment"), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
  });

  it("waits for blue that is in a backup when it is asked for, and says so", async () => {
    const output = await run(async () => {
      lab.rds.hasten(1);
      await until(() => accepted(lab, "DeleteBlueGreenDeployment") === 1);
      lab.rds.hasten(30);
      lab.rds.change("orders", { status: "backing-up" });
      await pass(lab, 40 * MINUTE);
      expect((await request())?.notes?.at(-1)).toMatchObject({
        step: "waiting",
        text: expect.stringMatching(/^RDS does not create it yet: .*backing-up/),
      });
      lab.rds.change("orders", { status: "available" });
    });
    expect(output).toMatchObject({ outcome: "done" });
    expect(accepted(lab, "CreateBlueGreenDeployment")).toBe(2);
  });

  it("that says AVAILABLE before an instance of green is, is waited for", async () => {
    const availableAt = lab.clock.now() + 20 * MINUTE;
    const databases: RecreatePorts["rds"]["databases"] = async (asked) => {
      const found = await ports.rds.databases(asked);
      const isLate = (arn: string) => arn.includes("-1-green-") && lab.clock.now() < availableAt;
      return found.map((it) => (isLate(it.arn) && asked[0]?.id !== id ? { ...it, status: "configuring-log-exports" } : it));
    };
    expect(await run(undefined, { databases })).toMatchObject({ outcome: "done" });
    expect(Date.parse((await request())?.outcome?.at ?? "")).toBeGreaterThanOrEqual(availableAt);
  });

  it("that says AVAILABLE before its tasks and members are is waited for", async () => {
    let built = 0;
    const deployment: RecreatePorts["rds"]["deployment"] = async (asked) => {
      const found = await ports.rds.deployment(asked);
      return found?.status === "PROVISIONING" ? { ...found, status: "AVAILABLE" } : found;
    };
    async function scene(): Promise<void> {
      await until(async () => (await newOne())?.status === "AVAILABLE");
      built = lab.clock.now();
    }
    const output = await run(scene, { deployment });
    expect(output).toMatchObject({ outcome: "done" });
    expect(Date.parse((await request())?.outcome?.at ?? "")).toBeGreaterThan(built - MINUTE);
  });

  it("is followed through throttling, pages that are no XML and lost answers", async () => {
    const output = await run(async () => {
      await until(newOne);
      lab.rds.faults.throttle({ times: 6, action: "DescribeBlueGreenDeployments" });
      lab.rds.faults.htmlPage({ times: 6, action: "DescribeDBClusters" });
      lab.rds.faults.serverError({ times: 6, action: "DescribeEvents" });
    });
    expect(output).toMatchObject({ outcome: "done" });
  });
});

it("DDL during the new creation ends it at once, with the words; the policy then applies to the new one", async () => {
  const guarded = await openGuarded({ onDegraded: "recreate", settleMinutes: 2 });
  await guarded.play(async () => {
    await guarded.ready();
    guarded.rds.hasten(6);
    guarded.rds.runDdl("orders", "ALTER TABLE");
    await guarded.until("it is building", async () => (await guarded.request())?.created !== undefined);
    guarded.rds.hasten(60);
    await pass(guarded, MINUTE);
    const [first = ""] = guarded.requested();
    guarded.rds.runDdl("orders", "ALTER TABLE");
    const ddlAt = guarded.clock.now();
    const { outcome, created } = await guarded.ended(first);
    expect(outcome).toMatchObject({
      result: "failed",
      text: expect.stringMatching(/^DDL ran on blue again: the new deployment bgd-\S+ is degraded as well/),
    });
    expect(Date.parse(outcome?.at ?? "") - ddlAt).toBeLessThan(MINUTE);
    expect((await guarded.blue())?.held).toBeUndefined();
    await guarded.until("the policy asks for the new one", () => guarded.requested().length === 2);
    expect((await guarded.request())?.deploymentId).toBe(created);
    expect(await guarded.ended()).toMatchObject({ via: "policy", outcome: { result: "done" } });
  });
});
