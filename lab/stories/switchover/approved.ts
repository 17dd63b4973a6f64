import { auroraPostgresql, toPostgresql16 } from "../databases.ts";
import { press, type } from "../in-slack.ts";
import { ended, requestOf } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { built, create, pass } from "../team.ts";

/** One operator asks in Slack for a switchover, another one approves it in the channel. */
export const switchoverApproved: Story = {
  name: "switchover-approved",
  line: "two people in Slack: one asks for the switchover and confirms the plan, the other approves it",
  policy: { approvals: 1 },
  fastest: FASTEST.inSlack,
  async play(stage) {
    const { rds, say } = stage;
    rds.addCluster(auroraPostgresql("orders"));
    say("The story begins: Aurora PostgreSQL, cluster orders, about to be upgraded.");
    const id = await create(stage, toPostgresql16("orders"));
    await built(stage, id);
    await pass(stage, 15);
    await type(stage, "/bluegreen switchover orders-16 600");
    await press(stage, "confirm");
    await press(stage, "approve", "U0COLLEAGUE");
    await ended(stage, await requestOf(stage, id));
    await pass(stage, 10);
    say("The story ends: switched over, and the thread says who asked and who approved.");
  },
};
