import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { openFileQueue } from "../../../../local/queue/file-queue.ts";
import { temporaryFolder } from "../../../support/local/queue.ts";

const STORM = fileURLToPath(new URL("storm.ts", import.meta.url));

/** Lets a process of its own storm the queue, kills it once it has said so many lines, and answers all that it said. */
async function stormAndKill(folder: string, lines: number): Promise<string[]> {
  const child = spawn(process.execPath, [STORM, folder], { stdio: ["ignore", "pipe", "inherit"] });
  const said: string[] = [];
  const reader = createInterface({ input: child.stdout });
  reader.on("line", (line) => {
    if (said.push(line) === lines) child.kill("SIGKILL");
  });
  const [[, signal]] = await Promise.all([once(child, "exit"), once(reader, "close")]);
  expect(signal).toBe("SIGKILL");
  return said;
}

test("a process killed in the middle of a storm loses no acknowledged send and no count", async () => {
  const folder = await temporaryFolder();
  const sent = new Set<string>();
  const deleting = new Set<string>();
  const counts = new Map<string, number>();
  for (const lines of [40, 100, 217, 400, 733]) {
    for (const line of await stormAndKill(folder, lines)) {
      const [word, id = "", count] = line.split(" ");
      if (word === "sent") sent.add(id);
      if (word === "deleting") deleting.add(id);
      if (word === "received" && count) counts.set(id, Number(count));
    }
    const queue = await openFileQueue({ folder, now: Date.now, maxReceiveCount: 3 });
    const kept = new Map([...queue.all(), ...queue.deadLetters.all()].map((it) => [it.messageId, it]));
    expect(queue.broken).toEqual([]);
    expect([...sent].filter((id) => !kept.has(id) && !deleting.has(id))).toEqual([]);
    const forgotten = [...kept].filter(([id, it]) => Number(it.attributes.ApproximateReceiveCount) < (counts.get(id) ?? 0));
    expect(forgotten).toEqual([]);
    expect([...kept.values()].filter((it) => !it.body.startsWith("message "))).toEqual([]);
  }
  expect(sent.size).toBeGreaterThan(100);
  expect(deleting.size).toBeGreaterThan(10);
}, 60_000);
