import { onTestFinished } from "vitest";
import type { Lab } from "../../../../lab/lab.ts";
import { openSession } from "../../../../lab/session.ts";
import type { Story } from "../../../../lab/stories/story.ts";

const SPEED = 600;

/** Plays a story against a guard in a process of its own, on a fast clock, as `npm start` does; the lab ends with the test. */
export async function playWithProcess({ name }: Story, { hasten = 1 } = {}): Promise<{ lab: Lab; said: string[] }> {
  const said: string[] = [];
  const print = (line: string) => void said.push(line);
  const session = await openSession({ speed: SPEED, story: name, port: 0, terminal: { color: false, width: 200 }, print, onPlay() {} });
  onTestFinished(() => session.close());
  session.lab.rds.hasten(hasten);
  await session.play();
  return { lab: session.lab, said };
}
