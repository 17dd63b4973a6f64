import { onTestFinished } from "vitest";
import { messageText } from "../../../../lab/slack/text.ts";
import type { Story } from "../../../../lab/stories/story.ts";
import { playStory } from "../../../support/lab/play-story.ts";
import { heading, openTestLab, type TestLab } from "../../../support/lab/stage.ts";

/** A story that was played to its end. */
export interface Played {
  lab: TestLab;
  /** What the story said that people did. */
  said: string[];
  /** How each message of the channel read whenever it changed, in order. */
  readings: { ts: string; text: string }[];
}

/**
 * Plays a story against the guard with a sweep every five minutes of lab time; without `losses` no event is lost, and RDS is `hasten` times as fast
 * as recorded, where only the order matters. The lab ends with the test.
 */
export async function playWithSweeps(story: Story, { losses = true, hasten = 1 } = {}): Promise<Played> {
  const lab = await openTestLab({ policy: story.policy });
  onTestFinished(() => lab.close());
  lab.rds.hasten(hasten);
  const said: string[] = [];
  const readings: Played["readings"] = [];
  lab.slack.onMessage(({ message }) => readings.push({ ts: message.ts, text: messageText(message) }));
  await playStory(lab, story, { losses, say: (line) => said.push(line) });
  return { lab, said, readings };
}

/** What a thread says while green of Aurora PostgreSQL is built, as `told` lists it. */
export const BUILT = ["  Replication stopped", "  Replication resumed", "  Engine upgrade of green started"];

/** What the thread of an RDS instance says until green is ready, without `told`'s indent. */
export const INSTANCE_BUILT = [
  "Replication resumed",
  "Engine upgrade of green started",
  "Engine upgrade of green finished",
  "Green's storage is being initialized",
  "Green's storage is initialized",
  "Ready to switch over",
];

/** What it says once green's engine is upgraded. */
export const UPGRADED = ["  Replication stopped", "  Engine upgrade of green finished", "  Replication resumed"];

/** How the cards read one after the other, without the threads. */
export function cardReadings(readings: Played["readings"]): string[] {
  return readings.map(({ text }) => text).filter((text) => !text.startsWith("*"));
}

/** The headings of one deployment's thread, in the order of posting. */
export function threadOf({ slack }: TestLab, card: string): string[] {
  const messages = slack.messages.filter((it) => !it.deleted);
  const found = messages.find((it) => it.threadTs === undefined && heading(it).startsWith(`${card} · `));
  return messages.filter((it) => it.threadTs !== undefined && it.threadTs === found?.ts).map(heading);
}

/** The whole text of the messages with that heading. */
export function read({ slack }: TestLab, title: string): string {
  return slack.messages
    .filter((it) => heading(it) === title)
    .map(messageText)
    .join("\n");
}
