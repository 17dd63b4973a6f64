import { auroraPostgresql, toPostgresql16 } from "../databases.ts";
import { deletionBegun, ended, goOn, recreate } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { createRuined, pass } from "../team.ts";

/**
 * Green is deleted, and RDS refuses to create it again: the guard raises the alarm, a person fixes the cause, and it resumes under the same
 * name.
 */
export const recreateFails: Story = {
  name: "recreate-fails",
  line: "deleted, then not created: said loudly; a person removes the cause, and it goes on",
  fastest: FASTEST.requested,
  async play(stage) {
    const { rds, say } = stage;
    const wanted = toPostgresql16("orders");
    const group = wanted.TargetDBClusterParameterGroupName;
    rds.addCluster(auroraPostgresql("orders"));
    say("The story begins: Aurora PostgreSQL, cluster orders, about to be upgraded.");
    const first = await createRuined(stage, wanted);
    await pass(stage, 5);
    const requestId = await recreate(stage, first);
    await deletionBegun(stage, requestId);
    say(`While RDS deletes green, somebody tidies up and removes the parameter group ${group}.`);
    rds.parameterGroups.remove("cluster", group);
    await ended(stage, requestId);
    await pass(stage, 30);
    say(`The team reads why, and makes ${group} again.`);
    rds.parameterGroups.add({ kind: "cluster", name: group, family: "aurora-postgresql16" });
    await goOn(stage, requestId);
    await ended(stage, requestId);
    await pass(stage, 10);
    say("The story ends: created after all, from the spec that was saved before the deletion.");
  },
};
