import { beforeEach, describe, expect, it } from "vitest";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import { type OperationNote, type OperationRequest, requestKey } from "../../../src/operations/request.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import type { TestLab } from "../../support/lab/stage.ts";
import { openGuarded } from "../../support/operations/guarded.ts";
import { accepted, type portsOf, REQUEST } from "../../support/operations/recreating.ts";
import { inWords } from "../../support/operations/words.ts";
import { openWaiting, recreateWhile, until } from "./waiting.ts";

let lab: TestLab;
let ports: ReturnType<typeof portsOf>;
let notes: OperationNote[];
let stuckAfterHours: number;
let id: string;
beforeEach(async () => {
  stuckAfterHours = 6;
  ({ lab, ports, notes, id } = await openWaiting());
});

const run = (scene?: () => Promise<void>, rds?: Partial<RecreatePorts["rds"]>) =>
  recreateWhile({ lab, ports, notes, stuckAfterHours }, scene, rds);
const request = () => ports.records.read<OperationRequest>(requestKey(REQUEST));
const newOne = async () => (await ports.rds.deployments()).find((it) => it.id !== id);

describe("a creation", () => {
  it("waits for blue that is in a backup when it is asked for, and says so", async () => {
    const output = await run(async () => {
      lab.rds.hasten(1);
      await until(lab, () => accepted(lab, "DeleteBlueGreenDeployment") === 1);
      lab.rds.hasten(30);
      lab.rds.change("orders", { status: "backing-up" });
      await pass(lab, 40 * MINUTE);
      expect(inWords((await request())?.notes?.at(-1))).toMatchObject({
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
      await until(lab, async () => (await newOne())?.status === "AVAILABLE");
      built = lab.clock.now();
    }
    const output = await run(scene, { deployment });
    expect(output).toMatchObject({ outcome: "done" });
    expect(Date.parse((await request())?.outcome?.at ?? "")).toBeGreaterThan(built - MINUTE);
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
    expect(inWords(outcome)).toMatchObject({
      result: "failed",
      text: expect.stringMatching(/^DDL ran on blue again at \d\d:\d\d:\d\d UTC, so the new deployment is degraded as well\./),
    });
    expect(Date.parse(outcome?.at ?? "") - ddlAt).toBeLessThan(MINUTE);
    expect((await guarded.blue())?.held).toBeUndefined();
    await guarded.until("the policy asks for the new one", () => guarded.requested().length === 2);
    expect((await guarded.request())?.deploymentId).toBe(created);
    expect(await guarded.ended()).toMatchObject({ via: "policy", outcome: { result: "done" } });
  });
});
