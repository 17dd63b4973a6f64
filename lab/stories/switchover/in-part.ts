import { rdsInstance } from "../databases.ts";
import type { Story } from "../story.ts";
import { built, create, pass, switchOver } from "../team.ts";

const GREEN_REPLICA = "catalog-replica-green-d4e5f6";

/**
 * RDS says that the switchover is completed, but a read replica was not switched over.
 *
 * Source: a public rehearsal, xiaofeng8458/kiro-agent-canal-cutover, reports/rehearsal-report-2026-08-15.md, section 4.1.
 */
export const switchoverInPart: Story = {
  name: "switchover-in-part",
  line: "RDS says completed, but a read replica was not switched over and leads to the old version",
  async play(stage) {
    const { rds, say } = stage;
    rds.addInstance(rdsInstance("catalog", "mysql", "8.0.39"));
    rds.addInstance({ ...rdsInstance("catalog-replica", "mysql", "8.0.39"), replicaOf: "catalog" });
    say("The story begins: RDS for MySQL, instance catalog with a read replica, about to be upgraded.");
    const id = await create(
      stage,
      { name: "catalog-8-4", source: "db:catalog", TargetEngineVersion: "8.4.3", TargetDBParameterGroupName: "mysql8-4" },
      { ids: { suffixes: { "catalog-replica": "d4e5f6" } } },
    );
    await built(stage, id);
    await pass(stage, 15);
    say("Somebody stops the replication of green's read replica, and forgets it.");
    rds.record({ sourceType: "DB_INSTANCE", sourceIdentifier: GREEN_REPLICA, message: "Replication has stopped." });
    rds.change(GREEN_REPLICA, { shows: { StatusInfos: [{ StatusType: "read replication", Normal: false, Status: "stopped" }] } });
    await pass(stage, 15);
    rds.nextSwitchover = { fails: [{ name: "catalog-replica" }], readersLater: 20 };
    await switchOver(stage, id);
    await pass(stage, 15);
    say("The story ends: catalog is version 8.4.3, but catalog-replica still leads to 8.0.39, whose data stand still.");
  },
};
