import { rdsInstance } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, pass, runOnBlue, switchOver } from "./team.ts";

/**
 * RDS for PostgreSQL twice: physical replication for a minor upgrade carries DDL along, logical replication for a major one is ruined by
 * it.
 */
export const rdsPostgresql: Story = {
  name: "rds-postgresql",
  line: "RDS for PostgreSQL: the same ALTER TABLE is harmless to a minor upgrade and ruins a major one",
  async play(stage) {
    const { rds, say } = stage;
    rds.addInstance(rdsInstance("invoices", "postgres", "16.3"));
    rds.addInstance(rdsInstance("ledger", "postgres", "15.7"));
    say("The story begins: RDS for PostgreSQL. Instance invoices gets a minor upgrade, ledger a major one.");
    const minor = await create(stage, { name: "invoices-16-4", source: "db:invoices", TargetEngineVersion: "16.4" });
    const major = await create(stage, {
      name: "ledger-16",
      source: "db:ledger",
      TargetEngineVersion: "16.4",
      TargetDBParameterGroupName: "postgres16",
    });
    for (const id of [minor, major]) await built(stage, id);
    await pass(stage, 15);
    runOnBlue(stage, "invoices", "ALTER TABLE");
    runOnBlue(stage, "ledger", "ALTER TABLE");
    await pass(stage, 15);
    await switchOver(stage, minor);
    await switchOver(stage, major);
    await pass(stage, 10);
    say("The story ends: invoices is switched over; ledger has to be deleted and created again.");
  },
};
