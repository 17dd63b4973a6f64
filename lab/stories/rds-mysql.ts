import { rdsInstance } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, pass, runOnBlue, switchOver } from "./team.ts";

/** RDS for MySQL with a read replica: DDL on blue is harmless, but a change on green stops the replication; undone, it resumes. */
export const rdsMysql: Story = {
  name: "rds-mysql",
  line: "RDS for MySQL: a change on green stops replication and the switchover, until it is undone",
  async play(stage) {
    const { rds, say } = stage;
    rds.addInstance(rdsInstance("catalog", "mysql", "8.0.39"));
    rds.addInstance({ ...rdsInstance("catalog-replica", "mysql", "8.0.39"), replicaOf: "catalog" });
    say("The story begins: RDS for MySQL, instance catalog with a read replica, about to be upgraded.");
    const id = await create(stage, {
      name: "catalog-8-4",
      source: "db:catalog",
      TargetEngineVersion: "8.4.3",
      TargetDBParameterGroupName: "mysql8-4",
    });
    await built(stage, id);
    await pass(stage, 15);
    runOnBlue(stage, "catalog", "ALTER TABLE");
    await pass(stage, 15);
    say("Somebody renames a column on green: blue's next rows do not fit any more.");
    rds.stopReplication(id);
    await pass(stage, 15);
    await switchOver(stage, id);
    await pass(stage, 15);
    say("The team renames the column back, and replication goes on.");
    rds.resumeReplication(id);
    await pass(stage, 15);
    await switchOver(stage, id);
    await pass(stage, 10);
    say("The story ends: switched over, instance and read replica.");
  },
};
