import { rdsInstance } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, deleteWithGreen, pass, runUntoldOnBlue, switchOver } from "./team.ts";

/**
 * The events about a ruined replication are lost, but DescribeDBInstances shows it.
 *
 * Source: RDS User Guide, "Monitoring read replication": `replication degraded`.
 */
export const degradedInApi: Story = {
  name: "degraded-in-api",
  line: "RDS for PostgreSQL: no event says that replication is degraded, only DescribeDBInstances does",
  async play(stage) {
    const { rds, say } = stage;
    rds.addInstance(rdsInstance("ledger", "postgres", "15.7"));
    say("The story begins: RDS for PostgreSQL, instance ledger, about to get a new major version.");
    const id = await create(stage, {
      name: "ledger-16",
      source: "db:ledger",
      TargetEngineVersion: "16.4",
      TargetDBParameterGroupName: "postgres16",
    });
    await built(stage, id);
    await pass(stage, 15);
    runUntoldOnBlue(stage, "ledger", "ALTER TABLE");
    await pass(stage, 30);
    await switchOver(stage, id);
    await pass(stage, 15);
    await deleteWithGreen(stage, id);
    await pass(stage, 10);
    say("The story ends: ledger is version 15.7 as before, and green, which could not be switched to any more, is deleted.");
  },
};
