import { addBlue, createRecorded } from "../aurora-major-upgrade.ts";
import { ended, recreate } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { built, pass, runOnBlue } from "../team.ts";

/** The article's upgrade, ruined as it was; a person lets the guard do what the article's team did by hand. */
export const recreateByPerson: Story = {
  name: "recreate",
  line: "the ruined upgrade of 2024, recreated by the guard: a person reads the plan and says yes",
  fastest: FASTEST.requested,
  async play(stage) {
    addBlue(stage);
    stage.say("The story begins: the cluster of 2024 is upgraded, this time with a guard that may recreate.");
    const first = await createRecorded(stage, 0, 30);
    await built(stage, first);
    await pass(stage, 20);
    runOnBlue(stage, "db-cluster", "ALTER TABLE");
    await pass(stage, 5);
    await ended(stage, await recreate(stage, first));
    await pass(stage, 10);
    stage.say("The story ends: green is ready again, and nobody had to look up a parameter group.");
  },
};
