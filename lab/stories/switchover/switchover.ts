import { ordersReady } from "../orders-ready.ts";
import { ended, switchOver } from "../person.ts";
import { FASTEST, type Story } from "../story.ts";
import { pass } from "../team.ts";

/** A person reads the checklist and says yes; the guard switches over once and reports what it did. */
export const switchover: Story = {
  name: "switchover",
  line: "switched over by the guard: the checklist, one attempt, how long writes paused, what is left",
  fastest: FASTEST.requested,
  async play(stage) {
    const { say } = stage;
    const id = await ordersReady(stage);
    await ended(stage, await switchOver(stage, id));
    await pass(stage, 10);
    say("The story ends: orders is version 16.4 now, and the report says what is left to be done by hand.");
  },
};
