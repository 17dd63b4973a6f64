import { auroraMysql } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, pass, runOnBlue, switchOver } from "./team.ts";

/** Aurora MySQL follows by binary log: DDL on blue does no harm, and RDS says afterwards where the new binary log begins. */
export const auroraMysqlUpgrade: Story = {
  name: "aurora-mysql",
  line: "Aurora MySQL: DDL on blue does no harm; the switchover tells where the binary log goes on",
  async play(stage) {
    const { rds, say } = stage;
    rds.addCluster(auroraMysql("shop", 2));
    say("The story begins: Aurora MySQL, cluster shop with a reader, about to be upgraded.");
    const id = await create(stage, {
      name: "shop-8-0",
      source: "cluster:shop",
      TargetEngineVersion: "8.0.mysql_aurora.3.08.0",
      TargetDBClusterParameterGroupName: "shop-aurora-mysql8-0",
      TargetDBParameterGroupName: "shop-instance-aurora-mysql8-0",
    });
    await built(stage, id);
    await pass(stage, 15);
    runOnBlue(stage, "shop", "ALTER TABLE");
    await pass(stage, 30);
    await switchOver(stage, id);
    await pass(stage, 10);
    say("The story ends: switched over, in spite of the ALTER TABLE.");
  },
};
