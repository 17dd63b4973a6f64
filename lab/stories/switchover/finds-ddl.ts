import { ordersReady } from "../orders-ready.ts";
import { ended, switchOver } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { pass, runUnseenOnBlue } from "../team.ts";

/** RDS notices only at the switchover that DDL ran on blue: the switchover is cancelled, and green is worthless. */
export const switchoverFindsDdl: Story = {
  name: "switchover-finds-ddl",
  line: "DDL that RDS finds only at the switchover: cancelled, nothing changed, but green is worthless",
  fastest: FASTEST.requested,
  async play(stage) {
    const { say } = stage;
    const id = await ordersReady(stage);
    runUnseenOnBlue(stage, "orders", "ALTER TABLE");
    await pass(stage, 20);
    await ended(stage, await switchOver(stage, id));
    await pass(stage, 10);
    say("The story ends: blue is production as before, and the deployment has to be recreated.");
  },
};
