import { auroraPostgresql, toPostgresql16 } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, deleteWithGreen, pass, runOnBlue, switchOver } from "./team.ts";

// Fixed, so that the messages can be compared with and without the loss.
const FIRST = { ids: { suffixes: { orders: "aaaaaa", "orders-1": "bbbbbb" } } };
const SECOND = { ids: { suffixes: { orders: "cccccc", "orders-1": "dddddd" } } };

/** No event reaches the guard, from the creation to the switchover: the sweep, every five minutes, reports the same things. */
export const eventsLost: Story = {
  name: "events-lost",
  line: "every RDS event is lost on its way: the sweep tells the same things, minutes later",
  async play(stage) {
    const { rds, say } = stage;
    rds.addCluster(auroraPostgresql("orders"));
    say("The story begins: Aurora PostgreSQL, cluster orders. From here on every RDS event is lost before it reaches the guard.");
    stage.lose(() => true);
    const first = await create(stage, toPostgresql16("orders"), FIRST);
    await built(stage, first);
    await pass(stage, 20);
    runOnBlue(stage, "orders", "ALTER TABLE");
    await pass(stage, 20);
    await deleteWithGreen(stage, first);
    await pass(stage, 10);
    const second = await create(stage, toPostgresql16("orders"), SECOND);
    await built(stage, second);
    await pass(stage, 20);
    await switchOver(stage, second);
    await pass(stage, 20);
    say("The story ends: no event arrived, and the team was told of everything.");
  },
};
