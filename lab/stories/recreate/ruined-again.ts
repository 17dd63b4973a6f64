import { auroraPostgresql, toPostgresql16 } from "../databases.ts";
import { created, ended, requestOf } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { createRuined, pass, runOnBlue } from "../team.ts";

/**
 * DDL ruins what the guard is just creating again: reported immediately, and the policy applies to the new deployment as to the old one.
 */
export const recreateRuinedAgain: Story = {
  name: "recreate-ruined-again",
  line: "DDL strikes again while green is created anew: told at once, and the policy applies again",
  policy: { onDegraded: "recreate" },
  fastest: FASTEST.announced,
  async play(stage) {
    stage.rds.addCluster(auroraPostgresql("orders"));
    stage.say('The story begins: Aurora PostgreSQL, cluster orders. The guard is set to onDegraded: "recreate".');
    const first = await createRuined(stage, toPostgresql16("orders"));
    const again = await created(stage, await requestOf(stage, first));
    await pass(stage, 20);
    runOnBlue(stage, "orders", "ALTER TABLE");
    await ended(stage, await requestOf(stage, again));
    await pass(stage, 10);
    stage.say("The story ends.");
  },
};
