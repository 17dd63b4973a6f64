import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../../support/local/engine.ts";

const WORKER = fileURLToPath(new URL("worker.ts", import.meta.url));

/** Starts the worker over a folder; what it prints is in `output`. */
function work(folder: string): { child: ChildProcess; output(): string; ended: Promise<number | null> } {
  const child = spawn(process.execPath, [WORKER, folder]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (text += data));
  return { child, output: () => text, ended: new Promise((resolve) => child.on("close", resolve)) };
}

const linesIn = async (folder: string) => (await readFile(join(folder, "lines"), "utf8").catch(() => "")).trim().split("\n").map(Number);

it("goes on where it was when its process is killed with SIGKILL, whatever it was doing", async () => {
  const folder = await temporaryFolder();
  for (const at of [1, 3, 4, 7]) {
    const { child, ended } = work(folder);
    await expect.poll(async () => (await linesIn(folder)).length, { interval: 5 }).toBeGreaterThanOrEqual(at);
    child.kill("SIGKILL");
    await ended;
  }
  const last = work(folder);
  expect(await last.ended).toBe(0);
  expect(last.output()).toBe("open\nSUCCEEDED\n");
  const lines = await linesIn(folder);
  expect([...new Set(lines)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(lines).toEqual([...lines].sort((a, b) => a - b));
  expect(lines.length).toBeLessThanOrEqual(10 + 4);
});

it("is not run by two processes on one folder: the second is told who has it", async () => {
  const folder = await temporaryFolder();
  const first = work(folder);
  await expect.poll(() => first.output()).toContain("open");
  const second = work(folder);
  expect(await second.ended).toBe(3);
  expect(second.output()).toMatch(
    new RegExp(`is in use by process ${first.child.pid} since \\d{4}-.*: end it, or choose another folder\\.`),
  );
  first.child.kill("SIGKILL");
  await first.ended;
  const third = work(folder);
  await expect.poll(() => third.output()).toContain("open");
});
