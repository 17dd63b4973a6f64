import type { GuardHost } from "../../../local/guard-host.ts";
import { auroraPostgresql, toPostgresql16 } from "../databases.ts";
import { deletionBegun, ended, recreate } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { createRuined, deleted, pass } from "../team.ts";

const STARTED_AGAIN_AFTER_MINUTES = 30;

/** The guard dies at the worst moment, with green deleted and nothing created, and resumes where it was. */
export const recreateKilled: Story = {
  name: "recreate-killed",
  line: "the guard is killed between deletion and creation: started again, it goes on where it was",
  fastest: FASTEST.requested,
  needsProcess: true,
  async play(stage) {
    const { host, rds, say } = stage;
    if (!host) throw new Error("This story kills the guard, which needs a process of its own for that.");
    rds.addCluster(auroraPostgresql("orders"));
    say("The story begins: Aurora PostgreSQL, cluster orders, about to be upgraded.");
    const first = await createRuined(stage, toPostgresql16("orders"));
    await pass(stage, 5);
    const requestId = await recreate(stage, first);
    await deletionBegun(stage, requestId);
    say("While RDS deletes green, the guard's process is killed with SIGKILL.");
    await kill(host);
    await deleted(stage, first);
    await pass(stage, STARTED_AGAIN_AFTER_MINUTES);
    say("Green is gone, nothing was created in its place, and nobody is there to do it. The guard is started again.");
    host.start();
    await ended(stage, requestId);
    await pass(stage, 10);
    say("The story ends: one deletion, one creation, and the name that the plan gave.");
  },
};

/** Resolves once the process has ended. */
function kill(host: GuardHost): Promise<void> {
  return new Promise((resolve) => {
    const stop = host.onChange(() => {
      stop();
      resolve();
    });
    host.kill();
  });
}
