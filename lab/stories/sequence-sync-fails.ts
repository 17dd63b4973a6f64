import { ordersReady } from "./orders-ready.ts";
import { ended, switchOver } from "./person.ts";
import { FASTEST, type Story } from "./story.ts";
import { pass } from "./team.ts";

/** RDS cannot synchronise the sequences and rolls back; with a longer timeout it can. */
export const sequenceSyncFails: Story = {
  name: "sequence-sync-fails",
  line: "too many sequences for the time that RDS has: rolled back, then done with a longer timeout",
  fastest: FASTEST.requested,
  async play(stage) {
    const { rds, say } = stage;
    const id = await ordersReady(stage);
    say("The schema has some hundred thousand sequences, whose values RDS copies while it switches over.");
    rds.faults.failSequenceSync();
    await ended(stage, await switchOver(stage, id));
    await pass(stage, 30);
    say("The team gives RDS more time.");
    await ended(stage, await switchOver(stage, id, 1_800));
    await pass(stage, 10);
    say("The story ends: switched over, sequences included.");
  },
};
