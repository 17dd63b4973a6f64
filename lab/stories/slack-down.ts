import { auroraPostgresql, toPostgresql16 } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, pass, runOnBlue } from "./team.ts";

const HOURS = 3;

/** Slack answers with errors while green is built and ruined; what has piled up comes as one digest. */
export const slackDown: Story = {
  name: "slack-down",
  line: "Slack is down for three hours: one digest afterwards, and nothing is lost",
  async play(stage) {
    const { clock, rds, slack, say } = stage;
    rds.addCluster(auroraPostgresql("orders"));
    say("The story begins: Aurora PostgreSQL, cluster orders, about to be upgraded.");
    const id = await create(stage, toPostgresql16("orders"));
    await pass(stage, 6);
    say(`Slack goes down for ${HOURS} hours: it answers every call with HTTP 503.`);
    const back = clock.now() + HOURS * 3_600_000;
    slack.faults.down(clock.now(), back);
    await built(stage, id);
    await pass(stage, 40);
    runOnBlue(stage, "orders", "ALTER TABLE");
    await clock.until(back);
    say("Slack is back.");
    await pass(stage, 20);
    say("The story ends: the card is up to date, and the digest says all that happened.");
  },
};
