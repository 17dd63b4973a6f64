import { onTestFinished } from "vitest";
import type { Story } from "../../../../lab/stories/story.ts";
import { playStory } from "../../../support/lab/play-story.ts";
import { heading, openTestLab, ownerOf, type TestLab, wholeText, withoutDetails, withoutSign } from "../../../support/lab/stage.ts";

/** A story that was played to its end. */
export interface Played {
  lab: TestLab;
  /** What the story said that people did. */
  said: string[];
  /** How each message of the channel read, with its details and without its sign, whenever one of them changed, in order. */
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
  lab.slack.onMessage(({ message }) => {
    const read = ownerOf(lab, message);
    readings.push({ ts: read.ts, text: withoutSign(wholeText(lab, read)) });
  });
  await playStory(lab, story, { losses, say: (line) => said.push(line) });
  return { lab, said, readings };
}

/** What a thread says while green is built, as `told` lists it: one entry, which is changed with each step. */
export const BUILT = ["  How green is built"];

/** What the thread of an RDS instance says until green is ready, without `told`'s indent. */
export const INSTANCE_BUILT = ["How green is built", "Ready to switch over"];

/** The steps that the entries of a thread list while green of Aurora PostgreSQL is built, in order. */
export const STEPS = [
  "Replication to green stopped",
  "Replication to green runs again",
  "Engine upgrade of green started",
  "Replication to green stopped",
  "Engine upgrade of green finished",
  "Replication to green runs again",
];

/** How the cards read one after the other, without the threads. */
export function cardReadings(readings: Played["readings"]): string[] {
  return readings.map(({ text }) => text).filter((text) => !text.startsWith("*"));
}

/** The headings of one deployment's thread, in the order of posting. */
export function threadOf({ slack }: TestLab, card: string): string[] {
  const messages = withoutDetails({ slack }).filter((it) => !it.deleted);
  const found = messages.find((it) => it.threadTs === undefined && heading(it).startsWith(`${card} · `));
  return messages.filter((it) => it.threadTs !== undefined && it.threadTs === found?.ts).map(heading);
}

/** The whole text of the messages with that heading, with their details. */
export function read(lab: TestLab, title: string): string {
  return withoutDetails(lab)
    .filter((it) => heading(it) === title)
    .map((it) => wholeText(lab, it))
    .join("\n");
}
