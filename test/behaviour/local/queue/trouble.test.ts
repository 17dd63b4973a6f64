import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openTestQueue, receivedBodies } from "../../../support/local/queue.ts";
import { allBut, startTestSource } from "./source-fixture.ts";

test("a send that did not reach the disk is refused, and its message is nowhere", async () => {
  const { queue, folder } = await openTestQueue();
  await rename(join(folder, "messages"), join(folder, "away"));
  await expect(queue.send("lost disk")).rejects.toMatchObject({ code: "ENOENT" });
  await rename(join(folder, "away"), join(folder, "messages"));
  expect(await receivedBodies(queue)).toEqual([]);
});

test("a message that cannot become a dead letter stays, is tried again a minute later, and holds nothing else up for long", async () => {
  const failed = Promise.withResolvers<unknown>();
  const { queue, folder, given, send, drained } = await startTestSource(
    async ({ Records }) => allBut(Records.find((it) => it.body === "poison")),
    { onError: failed.resolve },
  );
  const dead = join(folder, "dead-letters");
  await rm(dead, { recursive: true });
  await send("poison");
  expect(await failed.promise).toMatchObject({ code: "ENOENT" });
  await mkdir(dead);
  await send("fine");
  await drained();
  expect(queue.deadLetters.all().map((it) => it.body)).toEqual(["poison"]);
  expect(given.at(-1)).toMatch(/: fine$/);
});
