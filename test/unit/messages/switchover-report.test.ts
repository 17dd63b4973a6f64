import { describe, expect, it } from "vitest";
import type { Configuration } from "../../../src/deployments/configuration.ts";
import type { Switched } from "../../../src/messages/advice-shape.ts";
import { remaining, wayBack } from "../../../src/messages/en/advice/after-switchover.ts";
import { switchoverReport } from "../../../src/messages/en/advice/report.ts";
import { slackForm } from "../../../src/messages/slack/form.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { databasesOf, rememberedOf, second, told } from "../../support/deployments/upgrade.ts";
import { having } from "./sent.ts";

const AS = slackForm(false);

const switchover = told("cvrzdo started").concat(told("Switchover started"), told("completed. Renamed"), told("Switchover completed"));

/** What is known after the switchover, where old blue and new blue are configured so. */
function configured(old: Configuration, now: Configuration, engine = "aurora-postgresql"): Switched {
  const deployment = second();
  const databases = databasesOf(deployment, { engine }).map((it) => ({ ...it, configuration: it.arn.includes("-old1") ? old : now }));
  return { reading: {}, deployment: standingOf({ view: { deployment, databases }, facts: [], memory: rememberedOf(deployment) }) };
}

describe("the report of a switchover", () => {
  it("says how long sequences took, where RDS told of them", () => {
    const { entry } = having(told("has initiated").concat(told("cvrzdo has completed"), switchover), second());
    expect(switchoverReport(entry, AS).join("\n")).toContain("Sequences: synchronised in about 0 s.");
  });

  it("names the settings in which new blue differs from old blue, and those alone", () => {
    const differing = configured(
      { deletionProtection: true, backupRetentionPeriod: 7 },
      { deletionProtection: false, backupRetentionPeriod: 1 },
    );
    expect(remaining(differing, AS)).toContain(
      "• Set as on old blue, if it is still wanted: deletion protection is off, was on; backup retention is 1 day, was 7 days.",
    );
    const same = configured({ deletionProtection: true, backupRetentionPeriod: 7 }, { deletionProtection: true });
    expect(remaining(same, AS).join()).not.toContain("Set as on old blue");
  });

  it("says the way back with the writer's name on Aurora, and how an instance is made to accept writes elsewhere", () => {
    const clusterMembers = [
      { identifier: "db-instance-reader-old1", writer: false },
      { identifier: "db-instance-writer-old1", writer: true },
    ];
    expect(wayBack(configured({ clusterMembers }, {}), AS).join("\n")).toContain("reboot old blue's writer `db-instance-writer-old1`");
    const instance = wayBack(configured({}, {}, "postgres"), AS).join("\n");
    expect(instance).toContain("`default_transaction_read_only`");
    expect(instance).toContain("3. Rename `db-cluster-old1` to `db-cluster`");
  });

  it("says no way back where old blue is gone", () => {
    const deployment = second();
    const databases = databasesOf(deployment).filter(({ arn }) => !arn.includes("-old1"));
    expect(
      wayBack(
        { reading: {}, deployment: standingOf({ view: { deployment, databases }, facts: [], memory: rememberedOf(deployment) }) },
        AS,
      ),
    ).toEqual([]);
  });
});
