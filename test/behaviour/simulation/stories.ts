import { beforeAll } from "vitest";
import { ENDS, type End, type Recording, record, retold } from "./recording.ts";

/** Records a deployment for each of the ends, before the tests of a file; answers what tells them, as number `index`, `minutes` later. */
export function stories(ends: readonly End[] = ENDS): (end: End, index?: number, minutes?: number) => Recording {
  const recordings = new Map<End, Recording>();
  beforeAll(async () => {
    for (const end of ends) recordings.set(end, await record(end));
  }, 60_000);
  const known = new Map<string, Recording>();
  return (end, index = 1, minutes = 0) => {
    const recording = recordings.get(end);
    if (!recording) throw new Error(`No deployment was recorded that ends ${end}.`);
    const key = `${end} ${index} ${minutes}`;
    const story = known.get(key) ?? retold(recording, index, minutes);
    known.set(key, story);
    return story;
  };
}
