import { CreateBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { describe, expect, it } from "vitest";
import { rdsInstance } from "../../../lab/stories/databases.ts";
import { openCase, readCase } from "../../support/cases/case-lab.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { type Guarded, openGuarded } from "../../support/operations/guarded.ts";
import { accepted } from "../../support/operations/recreating.ts";
import { expectAsked } from "../operations/asked.ts";

// Source: RDS User Guide, "Monitoring read replication": DescribeDBInstances shows `replication degraded` of PostgreSQL (among other things
// "when unsupported DDL or large object changes are made in the blue environment"), `error`, `stopped`, `terminated` of MySQL and MariaDB.
const shown = (status: string, engine = "postgres") =>
  readCase("replication-in-api", (text) => text.replace("replication degraded", status).replaceAll("postgres", engine));

/** An RDS instance of which RDS answers everything, with its deployment built; answers that one's id. */
async function ledgerReady(lab: Guarded): Promise<string> {
  lab.rds.addInstance(rdsInstance("ledger", "postgres", "15.6"));
  const command = new CreateBlueGreenDeploymentCommand({
    BlueGreenDeploymentName: "ledger-16",
    Source: "arn:aws:rds:ap-northeast-1:123456789012:db:ledger",
    TargetEngineVersion: "16.4",
    TargetDBParameterGroupName: "postgres16",
  });
  const id = (await lab.aws.send(command)).BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
  await lab.until("green is built", async () => (await lab.ports.rds.deployment(id))?.status === "AVAILABLE");
  await pass(lab, 10 * MINUTE);
  return id;
}

describe("what DescribeDBInstances says of green's replication is told though no event says it", () => {
  it.each([
    ["replication degraded", "postgres", "degraded", "degraded", ["recreate"], "Replication is degraded, by the RDS API"],
    ["terminated", "mariadb", "terminated", "degraded", ["recreate"], "Replication was terminated, by the RDS API"],
    ["terminated", "mysql", "terminated", "degraded", ["recreate"], "Replication was terminated, by the RDS API"],
    ["error", "mysql", "error", "waiting", [], "Replication has an error, by the RDS API"],
    ["stopped", "mariadb", "stopped", "waiting", [], "Replication stopped"],
  ])("%s of %s", async (status, engine, replication, phase, offers, title) => {
    const lab = await openCase(shown(status, engine), { first: "before", lost: true });
    await lab.sweeps(2);
    const stands = await lab.stands();
    expect(stands).toMatchObject({ phase, replication, offers });
    expect(stands.checklist.find(({ id }) => id === "replication")).toMatchObject({
      result: "fail",
      reason: expect.stringContaining("app-green-q1w2e3"),
    });
    expect(lab.card()).toBe(stands.card);
    expect(lab.entries().filter((text) => text.startsWith(`*${title}*`))).toHaveLength(1);
    expect(lab.said()).not.toMatch(/Ready to switch over/);
    expect(Object.values(lab.severities())).not.toContain("good");
  });

  it.each([
    ["degraded", (lab: Guarded) => void lab.rds.runDdl("ledger", "ALTER TABLE", "shown")],
    ["terminated", (lab: Guarded, id: string) => lab.rds.stopReplication(id, { status: "terminated" })],
  ])("a policy that recreates asks a person where only the API says %s, and deletes nothing", async (_state, broken) => {
    const lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 1 }, { lose: () => true });
    await lab.play(async () => {
      const id = await ledgerReady(lab);
      broken(lab, id);
      await expectAsked(lab, /RDS lists no event that says that it is degraded/);
      await pass(lab, 30 * MINUTE);
      expect(accepted(lab, "DeleteBlueGreenDeployment")).toBe(0);
    });
  });
});
