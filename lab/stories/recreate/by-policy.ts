import { auroraPostgresql, toPostgresql16 } from "../databases.ts";
import { ended, requestOf } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { createRuined, pass, runOnBlue } from "../team.ts";

/** The guard may recreate automatically: it announces that, waits until the DDL has settled, and does it while everybody sleeps. */
export const recreateByPolicy: Story = {
  name: "recreate-by-policy",
  line: "the guard may recreate by itself: announced, settled, and done while everybody sleeps",
  policy: { onDegraded: "recreate" },
  fastest: FASTEST.announced,
  async play(stage) {
    stage.rds.addCluster(auroraPostgresql("orders"));
    stage.say('The story begins: Aurora PostgreSQL, cluster orders. The guard is set to onDegraded: "recreate". Everybody goes to bed.');
    const first = await createRuined(stage, toPostgresql16("orders"));
    await pass(stage, 4);
    runOnBlue(stage, "orders", "CREATE INDEX");
    await ended(stage, await requestOf(stage, first));
    await pass(stage, 10);
    stage.say("The story ends: the morning finds green ready to switch over.");
  },
};
