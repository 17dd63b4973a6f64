import type { Stage, Story } from "../../../lab/stories/story.ts";
import type { TestLab } from "./stage.ts";

const SWEEP_EVERY_MS = 5 * 60_000;

/**
 * Plays a story to its end against the guard in this process, with a sweep every five minutes of the lab's clock; without `losses` no event
 * is lost.
 */
export async function playStory(
  lab: TestLab,
  story: Story,
  { say, losses = true }: Pick<Stage, "say"> & { losses?: boolean },
): Promise<void> {
  const lose: Stage["lose"] = (which) => losses && lab.way.lose(which);
  const sweeper = sweepOften(lab);
  await lab.clock.work(() => story.play({ ...lab, lose, say }));
  await lab.settled();
  await sweeper.stop();
}

function sweepOften(lab: TestLab): { stop(): Promise<void> } {
  let going = true;
  const sweeping = lab.clock.work(async () => {
    while (going) {
      await lab.clock.until(lab.clock.now() + SWEEP_EVERY_MS);
      await lab.sweep().catch((error: Error) => lab.logged.push({ message: error.message, details: {} }));
    }
  });
  return {
    async stop() {
      going = false;
      await sweeping;
    },
  };
}
