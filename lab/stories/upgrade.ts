import { slackCommand } from "../../src/plans/command-lines.ts";
import { playUntilRuined } from "./aurora-major-upgrade.ts";
import { press } from "./in-slack.ts";
import { ended, requestOf } from "./person.ts";
import { FASTEST, type Story } from "./story.ts";
import { pass } from "./team.ts";

/** The upgrade as it was recorded, ruined as it was; then the team lets the guard recreate it, and the visitor switches over. */
export const upgrade: Story = {
  name: "upgrade",
  line: "a real upgrade of 2024, ruined by an ALTER TABLE and recreated by the guard; you switch over",
  fastest: FASTEST.inSlack,
  async play(stage) {
    const { first } = await playUntilRuined(stage);
    await pass(stage, 5);
    await press(stage, "recreate");
    await press(stage, "confirm");
    const { intent, deploymentName } = await ended(stage, await requestOf(stage, first));
    await pass(stage, 5);
    const name = intent?.create.BlueGreenDeploymentName ?? deploymentName;
    stage.say(`The story ends: green is ready again. It is your turn: type ${slackCommand("switchover", name)} in the channel.`);
  },
};
