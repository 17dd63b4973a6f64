import { beforeEach, describe, expect, it } from "vitest";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { type Guarded, openGuarded } from "../../support/operations/guarded.ts";
import { accepted } from "../../support/operations/recreating.ts";
import { expectAsked } from "./asked.ts";

let lab: Guarded;
beforeEach(async () => {
  lab = await openGuarded({ onDegraded: "recreate", settleMinutes: 2 });
});

const deletions = () => accepted(lab, "DeleteBlueGreenDeployment");

/** A degraded event on its way to the guard that RDS has never sent. */
function forged(): unknown {
  const at = new Date(lab.clock.now()).toISOString();
  const arn = "arn:aws:rds:ap-northeast-1:123456789012:db:orders-1";
  return {
    version: "0",
    id: "00000000-0000-4000-8000-000000000000",
    "detail-type": "RDS DB Instance Event",
    source: "aws.rds",
    account: "123456789012",
    time: `${at.slice(0, 19)}Z`,
    region: "ap-northeast-1",
    resources: [arn],
    detail: {
      EventCategories: ["notification"],
      SourceType: "DB_INSTANCE",
      SourceArn: arn,
      Date: at,
      Message: "Replication has been degraded.",
      SourceIdentifier: "orders-1",
    },
  };
}

describe("a person is asked instead, in the deployment's thread and with nothing deleted, where", () => {
  it("a check is unknown, such as what IAM would allow", async () => {
    await lab.play(async () => {
      await lab.ready();
      lab.iam.closed = true;
      lab.rds.runDdl("orders", "ALTER TABLE");
      await expectAsked(lab, /SimulatePrincipalPolicy/);
      expect(deletions()).toBe(0);
    });
  });

  it("a check has failed", async () => {
    await lab.play(async () => {
      await lab.ready();
      lab.rds.parameterGroups.remove("cluster", "green-15");
      lab.rds.runDdl("orders", "ALTER TABLE");
      await expectAsked(lab, /green-15/);
      expect(deletions()).toBe(0);
    });
  });

  it("only an event says that it is degraded, and DescribeEvents does not", async () => {
    await lab.play(async () => {
      await lab.ready();
      await lab.give(forged());
      await expectAsked(lab, /RDS lists no event that says that it is degraded/);
      expect(deletions()).toBe(0);
    });
  });

  it("green has deletion protection", async () => {
    await lab.play(async () => {
      await lab.ready();
      const [deployment] = await lab.ports.rds.deployments();
      lab.rds.change(deployment?.target?.split(":").at(-1) ?? "", { deletionProtection: true });
      lab.rds.runDdl("orders", "ALTER TABLE");
      await expectAsked(lab, /Green has deletion protection/);
      expect([deletions(), accepted(lab, "ModifyDBCluster")]).toEqual([0, 0]);
    });
  });

  it("green got deletion protection after the announcement", async () => {
    await lab.play(async () => {
      await lab.ready();
      lab.rds.runDdl("orders", "ALTER TABLE");
      await pass(lab, MINUTE);
      const [deployment] = await lab.ports.rds.deployments();
      lab.rds.change(deployment?.target?.split(":").at(-1) ?? "", { deletionProtection: true });
      await expectAsked(lab, /Green has deletion protection/);
      expect(lab.thread()).toContain("Will be deleted and created again");
      expect([deletions(), accepted(lab, "ModifyDBCluster")]).toEqual([0, 0]);
    });
  });
});
