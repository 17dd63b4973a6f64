import { auroraPostgresql, toPostgresql16 } from "./databases.ts";
import { ended, switchOver } from "./person.ts";
import { FASTEST, type Story } from "./story.ts";
import { built, create, pass, runUnseenOnBlue } from "./team.ts";

/** RDS notices only at the switchover that DDL ran on blue: cancelled, and green is worthless. */
export const switchoverFindsDdl: Story = {
  name: "switchover-finds-ddl",
  line: "DDL that RDS finds only at the switchover: cancelled, nothing changed, but green is worthless",
  fastest: FASTEST.requested,
  async play(stage) {
    const { rds, say } = stage;
    rds.addCluster(auroraPostgresql("orders", 2));
    say("The story begins: Aurora PostgreSQL, cluster orders with a reader, about to be upgraded.");
    const id = await create(stage, toPostgresql16("orders"));
    await built(stage, id);
    await pass(stage, 15);
    runUnseenOnBlue(stage, "orders", "ALTER TABLE");
    await pass(stage, 20);
    await ended(stage, await switchOver(stage, id));
    await pass(stage, 10);
    say("The story ends: blue is production as before, and the deployment has to be recreated.");
  },
};
