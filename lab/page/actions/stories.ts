import { InputError } from "../input.ts";
import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";

/** Plays a story. */
export function storyActions({ stories }: Pick<PageOptions, "stories">): Record<string, Action> {
  return {
    play: {
      told: true,
      async run(input) {
        const name = input.choice(
          "name",
          stories.list.map((story) => story.name),
        );
        await begun(stories.play(name));
        return `A visitor plays the story ${name}.`;
      },
    },
  };
}

/** Resolves once a story has started: one that cannot be played rejects within the first turn of the event loop. */
async function begun(play: Promise<void>): Promise<void> {
  const failed = play.then(
    () => undefined,
    (error: Error) => error,
  );
  const error = await Promise.race([failed, new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)))]);
  if (error) throw new InputError(`The story cannot be played: ${error.message}`);
}
