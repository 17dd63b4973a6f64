import { press } from "./in-slack.ts";
import { ordersReady } from "./orders-ready.ts";
import { FASTEST, type Story } from "./story.ts";
import { pass, runOnBlue } from "./team.ts";

/** The user group is mentioned, nobody comes for half an hour, and then a colleague does. */
export const somebodyComes: Story = {
  name: "somebody-comes",
  line: "DDL on blue: a user group is mentioned, once more half an hour later, and a colleague is on it",
  policy: { mentions: ["later=S0DBA"] },
  fastest: FASTEST.inSlack,
  async play(stage) {
    await ordersReady(stage);
    runOnBlue(stage, "orders", "ALTER TABLE");
    await pass(stage, 40);
    await press(stage, "take", "U0COLLEAGUE");
    await pass(stage, 10);
    stage.say("The story ends: nobody else is mentioned any more.");
  },
};
