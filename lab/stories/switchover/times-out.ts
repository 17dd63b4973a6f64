import { ordersReady } from "../orders-ready.ts";
import { ended, switchOver } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { pass } from "../team.ts";

/** RDS does not finish within the timeout and rolls back; with a longer one it does. */
export const switchoverTimesOut: Story = {
  name: "switchover-times-out",
  line: "half a minute is not enough: RDS rolls back, nothing has changed, and a longer timeout goes well",
  fastest: FASTEST.requested,
  async play(stage) {
    const { say } = stage;
    const id = await ordersReady(stage);
    say("Writes may be refused for half a minute at most, so the team thinks.");
    await ended(stage, await switchOver(stage, id, 30));
    await pass(stage, 30);
    say("The team takes RDS's default after all.");
    await ended(stage, await switchOver(stage, id));
    await pass(stage, 10);
    say("The story ends: switched over, with writes refused a little longer than planned.");
  },
};
