import type { Played, playStory } from "./play.ts";
import type { Story } from "./story.ts";

const LONGEST_MS = 20_000;

/** The same violation with as much left out of its story as can be found out in 20 seconds. */
export async function shrunk(played: Played, play: typeof playStory): Promise<Played> {
  const rule = played.violations[0]?.rule;
  const until = performance.now() + LONGEST_MS;
  let best = played;
  const attempt = async (story: Story): Promise<boolean> => {
    if (performance.now() >= until) return false;
    const again = await play(story);
    if (again.violations[0]?.rule !== rule) return false;
    best = again;
    return true;
  };
  const parts = ["outages", "followings", "acts"] as const;
  for (const chance of Object.keys(played.story.chances)) await attempt({ ...best.story, chances: { ...best.story.chances, [chance]: 0 } });
  for (const part of parts) {
    for (let index = best.story[part].length - 1; index >= 0; index -= 1)
      await attempt({ ...best.story, [part]: best.story[part].filter((_, it) => it !== index) });
  }
  return best;
}
