import { auroraPostgresql, toPostgresql16 } from "./databases.ts";
import { created, ended, requestOf } from "./person.ts";
import type { Story } from "./story.ts";
import { built, create, pass, runOnBlue } from "./team.ts";

// Slack has ten minutes of the lab to take the announcement, also on a busy machine.
const FASTEST = 150;

/** DDL ruins what the guard is just creating again: told at once, and the policy applies to the new deployment as to the old. */
export const recreateRuinedAgain: Story = {
  name: "recreate-ruined-again",
  line: "DDL strikes again while green is created anew: told at once, and the policy applies again",
  policy: { onDegraded: "recreate" },
  fastest: FASTEST,
  async play(stage) {
    stage.rds.addCluster(auroraPostgresql("orders"));
    stage.say('The story begins: Aurora PostgreSQL, cluster orders. The guard is set to onDegraded: "recreate".');
    const first = await create(stage, toPostgresql16("orders"));
    await built(stage, first);
    await pass(stage, 15);
    runOnBlue(stage, "orders", "ALTER TABLE");
    const again = await created(stage, await requestOf(stage, first));
    await pass(stage, 20);
    runOnBlue(stage, "orders", "ALTER TABLE");
    await ended(stage, await requestOf(stage, again));
    await pass(stage, 10);
    stage.say("The story ends.");
  },
};
