import { rmSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { allBut, startTestSource } from "../../../support/local/event-source.ts";
import { openTestQueue } from "../../../support/local/queue.ts";

/** A folder for dead letters that is not there yet, and is gone after the test. */
async function noFolderYet(): Promise<string> {
  const parent = await mkdtemp(join(tmpdir(), "bluegreen-guard-queue-"));
  onTestFinished(() => rm(parent, { recursive: true, force: true }));
  return join(parent, "queue", "dead-letters");
}

/** A file where the folder has to be: nothing can be written there. */
async function putInTheWay(folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  await writeFile(folder, "");
}

const fileOf = async (folder: string, id: string) => JSON.parse(await readFile(join(folder, `${id}.json`), "utf8"));

test("a message received too often becomes a dead letter in a file that a person can read", async () => {
  const deadLettersFolder = await noFolderYet();
  const { queue, pass } = openTestQueue({ maxReceiveCount: 2, deadLettersFolder });
  const id = queue.send(JSON.stringify({ "detail-type": "RDS Blue Green Deployment Event", detail: { EventID: "RDS-EVENT-0246" } }));
  for (const _ of [1, 2]) {
    expect(queue.receive(1)).toHaveLength(1);
    pass(360);
  }
  expect(queue.receive(1)).toEqual([]);
  expect(queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  expect(await fileOf(deadLettersFolder, id)).toEqual({
    messageId: id,
    reason: "Received 2 times and never deleted.",
    sentAt: "2024-02-05T04:29:00.000Z",
    visibleAt: "2024-02-05T04:41:00.000Z",
    receiveCount: 2,
    firstReceivedAt: "2024-02-05T04:29:00.000Z",
    messageAttributes: {},
    body: { "detail-type": "RDS Blue Green Deployment Event", detail: { EventID: "RDS-EVENT-0246" } },
  });
  expect(queue.all()).toEqual([]);
  expect(queue.deadLetters.all()).toMatchObject([{ messageId: id, receiveCount: 2 }]);
});

test("a dead letter that a handler sends keeps the reason it gives", async () => {
  const deadLettersFolder = await noFolderYet();
  const { queue } = openTestQueue({ deadLettersFolder });
  const messageAttributes = { reason: { DataType: "String", StringValue: "Unreadable: detail is missing" } };
  const id = queue.deadLetters.send("{}", messageAttributes);
  expect(queue.deadLetters.all()).toMatchObject([{ body: "{}", messageAttributes }]);
  expect(await fileOf(deadLettersFolder, id)).toMatchObject({ body: {}, messageAttributes });
});

test.each([
  ['{"detail":{"EventID":"RDS-EVENT-0246"}}', { detail: { EventID: "RDS-EVENT-0246" } }],
  ["not json", "not json"],
  ["17", "17"],
  ['{ "a": 1 }', '{ "a": 1 }'],
])("a body of %j stands in the file as %j, so that no character is lost", async (body, written) => {
  const deadLettersFolder = await noFolderYet();
  const { queue } = openTestQueue({ deadLettersFolder });
  const id = queue.deadLetters.send(body);
  expect(await fileOf(deadLettersFolder, id)).toMatchObject({ body: written });
});

test("a folder is made for the first dead letter, not before", async () => {
  const deadLettersFolder = await noFolderYet();
  const { queue } = openTestQueue({ deadLettersFolder });
  queue.send("handled");
  queue.delete(queue.receive(1)[0]?.receiptHandle ?? "");
  await expect(readdir(deadLettersFolder)).rejects.toMatchObject({ code: "ENOENT" });
});

test("a dead letter that did not reach the disk is refused, and is nowhere", async () => {
  const deadLettersFolder = await noFolderYet();
  const { queue } = openTestQueue({ deadLettersFolder });
  await putInTheWay(deadLettersFolder);
  expect(() => queue.deadLetters.send("lost disk")).toThrow(expect.objectContaining({ code: "EEXIST" }));
  expect(queue.deadLetters.all()).toEqual([]);
});

test("a message that cannot become a dead letter stays, is tried again later, and holds nothing else up for long", async () => {
  const deadLettersFolder = await noFolderYet();
  await putInTheWay(deadLettersFolder);
  const errors: unknown[] = [];
  const { queue, given, send, drained } = startTestSource(async ({ Records }) => allBut(Records.find((it) => it.body === "poison")), {
    deadLettersFolder,
    onError(error) {
      errors.push(error);
      rmSync(deadLettersFolder);
    },
  });
  await send("poison", 1_080, "fine");
  await drained();
  expect(errors).toEqual([expect.objectContaining({ code: "EEXIST" })]);
  expect(given).toEqual(["0 s: poison", "360 s: poison", "720 s: poison", "1080 s: fine"]);
  expect(queue.deadLetters.all().map((it) => it.body)).toEqual(["poison"]);
});
