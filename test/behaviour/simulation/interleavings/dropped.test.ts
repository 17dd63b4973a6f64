import { expect, it } from "vitest";
import { record } from "../recording.ts";
import { beforeDegradation } from "./scene.ts";

it("an event that is redriven after its record had no room for it any more is not told again", async () => {
  const { scene, ddl } = await beforeDegradation(await record("degraded"));
  const each = Array.from({ length: 300 }, (_, index) => {
    const at = new Date(Date.parse(ddl.detail.Date) + index * 11 * 60_000).toISOString();
    return { ...ddl, id: `${ddl.id}-${index}`, time: at, detail: { ...ddl.detail, Date: at } };
  });
  for (let start = 0; start < each.length; start += 10) {
    await scene.play([[110 * 60, () => scene.watch(each.slice(start, start + 10))]]);
  }
  expect(scene.record.dropped?.["replication-degraded"]?.n).toBeGreaterThan(10);
  const before = { messages: scene.outside.messages.length, facts: scene.record.facts };
  await scene.play([[60, () => scene.watch(each.slice(1, 3))]]);
  expect({ messages: scene.outside.messages.length, facts: scene.record.facts }).toEqual(before);
  expect(scene.deadLetters).toEqual([]);
});
