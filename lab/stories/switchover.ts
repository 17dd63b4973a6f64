import { auroraPostgresql, toPostgresql16 } from "./databases.ts";
import { ended, switchOver } from "./person.ts";
import { FASTEST, type Story } from "./story.ts";
import { built, create, pass } from "./team.ts";

/** A person reads the checklist and says yes; the guard switches over once and reports what it did. */
export const switchover: Story = {
  name: "switchover",
  line: "switched over by the guard: the checklist, one attempt, how long writes paused, what is left",
  fastest: FASTEST.requested,
  async play(stage) {
    const { rds, say } = stage;
    rds.addCluster(auroraPostgresql("orders", 2));
    say("The story begins: Aurora PostgreSQL, cluster orders with a reader, about to be upgraded.");
    const id = await create(stage, toPostgresql16("orders"));
    await built(stage, id);
    await pass(stage, 15);
    await ended(stage, await switchOver(stage, id));
    await pass(stage, 10);
    say("The story ends: orders is version 16.4 now, and the report says what is left to be done by hand.");
  },
};
