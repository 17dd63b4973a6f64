import { auroraPostgresql, rdsInstance, toPostgresql16 } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, pass, runOnBlue, switchOver } from "./team.ts";

/** Three deployments side by side: one is switched over, one is ruined, one stays ready; each has its own card and thread. */
export const threeAtOnce: Story = {
  name: "three-at-once",
  line: "three deployments side by side, switched over, ruined and ready: a card and a thread each",
  async play(stage) {
    const { rds, say } = stage;
    rds.addCluster(auroraPostgresql("orders"));
    rds.addCluster(auroraPostgresql("payments", 2));
    rds.addInstance(rdsInstance("catalog", "mysql", "8.0.39"));
    say("The story begins: three databases are upgraded on the same day.");
    const orders = await create(stage, toPostgresql16("orders"));
    await pass(stage, 1);
    const payments = await create(stage, toPostgresql16("payments"));
    await pass(stage, 1);
    const catalog = await create(stage, {
      name: "catalog-8-4",
      source: "db:catalog",
      TargetEngineVersion: "8.4.3",
      TargetDBParameterGroupName: "mysql8-4",
    });
    for (const id of [orders, payments, catalog]) await built(stage, id);
    await pass(stage, 15);
    runOnBlue(stage, "payments", "ALTER TABLE");
    await switchOver(stage, orders);
    await pass(stage, 10);
    say("The story ends: orders is switched over, payments is ruined, catalog is ready.");
  },
};
