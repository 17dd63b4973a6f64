import { CreateBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { describe, expect, it, onTestFinished } from "vitest";
import type { NextSwitchover } from "../../../lab/rds/rds.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab } from "../../support/lab/stage.ts";
import { accepted } from "../../support/operations/recreating.ts";
import { confirmSwitchover, switchOver, switchoverPortsOf } from "../../support/operations/switching.ts";
import { wordsOf } from "../../support/operations/words.ts";

/** A deployment like that of the public rehearsal, of which `next` says how its switchover ends; answers how the guard's own one ended. */
async function switched(next: NextSwitchover, engine = { engine: "mysql", from: "8.0.36", to: "8.4.5" }) {
  const lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  const ports = switchoverPortsOf(lab);
  const canal = { engine: engine.engine, engineVersion: engine.from, class: "db.t3.micro", parameterGroup: "p" };
  lab.rds.addInstance({ ...canal, identifier: "canal-primary" });
  lab.rds.addInstance({ ...canal, identifier: "canal-reader", replicaOf: "canal-primary" });
  const id = await lab.clock.work(async () => {
    const command = new CreateBlueGreenDeploymentCommand({
      BlueGreenDeploymentName: "canal-rehearsal-bg",
      Source: "arn:aws:rds:ap-northeast-1:123456789012:db:canal-primary",
      TargetEngineVersion: engine.to,
    });
    const { BlueGreenDeployment } = await lab.aws.send(command);
    await pass(lab, 90 * MINUTE);
    return BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
  });
  lab.rds.nextSwitchover = next;
  await confirmSwitchover(id, ports);
  const began = lab.clock.now();
  const output = await switchOver(lab, ports);
  return { ...output, lab, minutes: (lab.clock.now() - began) / MINUTE };
}

const STOPPED = "stopped replication of canal-reader";

// Source: github.com/xiaofeng8458/kiro-agent-canal-cutover, reports/rehearsal-report-2026-08-15.md, section 4.1.
describe("the guard's own switchover that RDS made in part ends as partly, names what was and what was not switched, and never says done", () => {
  it.each<[string, NextSwitchover, Parameters<typeof switched>[1]]>([
    ["as published, without a word of the reader", { fails: [{ name: "canal-reader" }] }, undefined],
    ["with the reader's own event", { fails: [{ name: "canal-reader", reason: STOPPED }] }, undefined],
    ["with SWITCHOVER_FAILED for the deployment", { fails: [{ name: "canal-reader" }], endsAs: "SWITCHOVER_FAILED" }, undefined],
    ["with the reader later than the writer", { fails: [{ name: "canal-reader" }], readersLater: 20 }, undefined],
    ["on MariaDB", { fails: [{ name: "canal-reader" }] }, { engine: "mariadb", from: "10.6.20", to: "10.11.10" }],
  ])("%s", async (_what, next, engine) => {
    const { outcome, lab, minutes, ...told } = await switched(next, engine);
    const text = wordsOf(told);
    expect(outcome).toBe("partly");
    expect(text).toMatch(/canal-primary is switched over and leads to green's database/);
    expect(text).toMatch(/canal-reader was not switched over/);
    expect(text).not.toMatch(/Nothing has changed|was switched over\. |switch over again/);
    // Not only after its timeout and a rollback.
    expect(minutes).toBeLessThan(10);
    expect(accepted(lab, "SwitchoverBlueGreenDeployment")).toBe(1);
    expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
  });

  it("and ends as done where the readers only follow later", async () => {
    const { outcome, lab } = await switched({ readersLater: 40 });
    expect(outcome).toBe("done");
    expect(accepted(lab, "SwitchoverBlueGreenDeployment")).toBe(1);
  });
});
