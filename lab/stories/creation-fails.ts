import { auroraPostgresql, toPostgresql16 } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, deleteWithGreen, pass } from "./team.ts";

/** AWS's own reason. Source: AWS re:Post knowledge centre, "rds-postgresql-blue-green-deployment-error". */
const REASON = "of incompatible parameter(s): max_replication_slots, and max_logical_replication_workers";

/** RDS fails to build green; the team reads why, deletes the deployment and creates it again. */
export const creationFails: Story = {
  name: "creation-fails",
  line: "RDS cannot build green: why, what to do about it, and a second try that succeeds",
  async play(stage) {
    const { rds, say } = stage;
    rds.addCluster(auroraPostgresql("orders"));
    say("The story begins: Aurora PostgreSQL, cluster orders. Its parameters leave too few replication slots for a deployment.");
    rds.faults.failCreation(REASON);
    const first = await create(stage, toPostgresql16("orders"));
    await built(stage, first);
    await pass(stage, 15);
    say("The team reads the reason, raises both parameters and reboots blue's writer.");
    await deleteWithGreen(stage, first);
    const second = await create(stage, toPostgresql16("orders"));
    await built(stage, second);
    await pass(stage, 10);
    say("The story ends: the second deployment is ready to switch over.");
  },
};
