import { CreateBlueGreenDeploymentCommand, SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { describe, expect, it, onTestFinished } from "vitest";
import { standAll } from "../../../lab/replay/stand.ts";
import { createdWith } from "../../../src/messages/en/plan.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { planRecreation } from "../../../src/operations/recreate/plan.ts";
import { MINUTE, pass, sweepFor } from "../../support/handlers/sweeping.ts";
import { heading, openTestLab, wholeText, withoutDetails } from "../../support/lab/stage.ts";
import { portsOf, REQUEST } from "../../support/operations/recreating.ts";

/** A deployment of one instance whose creation asks for a parameter group alone, once it is built. */
async function built(engine: string, engineVersion: string) {
  const lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  const storage = { allocated: 5, type: "gp3" };
  lab.rds.addInstance({ identifier: "example-db", engine, engineVersion, class: "db.m7g.large", parameterGroup: "old", storage });
  const command = new CreateBlueGreenDeploymentCommand({
    BlueGreenDeploymentName: "example-db-pg",
    Source: "arn:aws:rds:ap-northeast-1:123456789012:db:example-db",
    TargetDBParameterGroupName: "new-parameter-group",
  });
  const id = await lab.clock.work(async () => {
    const { BlueGreenDeployment } = await lab.aws.send(command);
    await sweepFor(lab, 180 * MINUTE);
    return BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
  });
  const entry = (title: string) =>
    wholeText(
      lab,
      withoutDetails(lab).find((it) => it.threadTs !== undefined && heading(it) === title),
    );
  return { lab, id, entry };
}

// Sources: aws/aws-advanced-jdbc-wrapper#2096 (RDS for PostgreSQL, one instance, a parameter group, physical replication);
// hashicorp/terraform-provider-aws#41705.
describe("a deployment without an engine upgrade", () => {
  it.each([
    ["postgres", "16.4", "Green is read-only and follows blue, DDL included.", "default_transaction_read_only", "read_only` or"],
    ["mysql", "8.0.36", "Changes on blue, DDL included, reach green through the binary log.", "read_only", "default_transaction_read_only"],
    [
      "mariadb",
      "10.11.8",
      "Changes on blue, DDL included, reach green through the binary log.",
      "read_only",
      "default_transaction_read_only",
    ],
  ])(
    "is ready, planned with its version and group, and told in the words of its engine alone: %s",
    async (engine, version, words, own, other) => {
      const { lab, id, entry } = await built(engine, version);
      const [stood] = await standAll(lab, lab.clock.now());
      expect(stood?.standing).toMatchObject({ phase: "ready", production: "blue", offers: ["switchover"] });
      expect(entry("Ready to switch over")).toContain(words);
      const { plan } = await planRecreation(id, REQUEST, portsOf(lab));
      expect(createdWith(plan.creates, inTerminal).join("\n")).toMatch(
        new RegExp(`${version.replaceAll(".", "\\.")}[\\s\\S]*new-parameter-group`),
      );
      await lab.clock.work(async () => {
        await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
        await pass(lab, 5 * MINUTE);
        await sweepFor(lab, 10 * MINUTE);
      });
      const told = entry("Switched over") ?? "";
      expect(told).toContain("Parameter groups: `old` → `new-parameter-group`.");
      expect(told).toContain(`\`${own}\``);
      expect(told).not.toContain(other);
      expect(told).not.toContain("a major upgrade leaves no planner statistics");
      expect(told).not.toMatch(/undoes the upgrade/);
    },
  );
});
