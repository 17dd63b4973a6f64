import { ordersReady } from "../orders-ready.ts";
import { ended, switchOver } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { pass } from "../team.ts";

/** A guardrail stops the first switchover and everything is as before; the second one succeeds. */
export const switchoverCancelled: Story = {
  name: "switchover-cancelled",
  line: "a long transaction stops the switchover: nothing has changed, and the next attempt goes well",
  fastest: FASTEST.requested,
  async play(stage) {
    const { rds, say } = stage;
    const id = await ordersReady(stage);
    say("A nightly batch is still writing to blue, all in one transaction.");
    // The guardrail is AWS's (Aurora User Guide, blue-green-deployments-switching); the words of its reason are the lab's.
    rds.faults.cancelSwitchover("long-running active writes on orders");
    await ended(stage, await switchOver(stage, id));
    await pass(stage, 30);
    say("The batch has ended.");
    await ended(stage, await switchOver(stage, id));
    await pass(stage, 10);
    say("The story ends: switched over at the second attempt.");
  },
};
