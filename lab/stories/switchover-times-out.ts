import { auroraPostgresql, toPostgresql16 } from "./databases.ts";
import { ended, switchOver } from "./person.ts";
import { FASTEST, type Story } from "./story.ts";
import { built, create, pass } from "./team.ts";

/** RDS does not finish within the timeout and rolls back; with a longer one it does. */
export const switchoverTimesOut: Story = {
  name: "switchover-times-out",
  line: "half a minute is not enough: RDS rolls back, nothing has changed, and a longer timeout goes well",
  fastest: FASTEST.requested,
  async play(stage) {
    const { rds, say } = stage;
    rds.addCluster(auroraPostgresql("orders", 2));
    say("The story begins: Aurora PostgreSQL, cluster orders with a reader, about to be upgraded.");
    const id = await create(stage, toPostgresql16("orders"));
    await built(stage, id);
    await pass(stage, 15);
    say("Writes may be refused for half a minute at most, so the team thinks.");
    await ended(stage, await switchOver(stage, id, 30));
    await pass(stage, 30);
    say("The team takes RDS's default after all.");
    await ended(stage, await switchOver(stage, id));
    await pass(stage, 10);
    say("The story ends: switched over, with writes refused a little longer than planned.");
  },
};
