import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { isFolderInUse, lockFolder } from "../../../../local/engine/folder-lock.ts";
import { temporaryFolder } from "../../../support/local/engine.ts";

const LOCKER = fileURLToPath(new URL("locker.ts", import.meta.url));

interface Locker {
  child: ChildProcess;
  go(): void;
  /** Resolves with its next line. */
  line(): Promise<string>;
  kill(): Promise<void>;
}

function locker(folder: string): Locker {
  const child = spawn(process.execPath, [LOCKER, folder]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  let taken = 0;
  child.stdout.on("data", (data) => (text += data));
  child.stderr.on("data", (data) => (text += data));
  const ended = new Promise<void>((resolve) => child.on("close", () => resolve()));
  return {
    child,
    go: () => void child.stdin.write("go\n"),
    async line() {
      await expect.poll(() => text.split("\n").length - 1, { interval: 5 }).toBeGreaterThan(taken);
      taken += 1;
      return text.split("\n")[taken - 1] ?? "";
    },
    kill() {
      child.kill("SIGKILL");
      return ended;
    },
  };
}

/** So many processes that try at the same moment; answers what each said, and kills them all. */
async function race(folder: string, count: number): Promise<string[]> {
  const all = Array.from({ length: count }, () => locker(folder));
  await Promise.all(all.map((it) => it.line()));
  for (const it of all) it.go();
  const said = await Promise.all(all.map((it) => it.line()));
  await Promise.all(all.map((it) => it.kill()));
  return said;
}

// How many rounds of five starts: 10 are 50 starts.
const ROUNDS = Number(process.env["LOCK_ROUNDS"] ?? 10);

describe("a state folder", () => {
  it(
    "is never held by two processes, however many begin at the moment after the last was killed",
    async () => {
      const folder = await temporaryFolder();
      for (let round = 0; round < ROUNDS; round += 1) {
        const said = await race(folder, 5);
        expect(said.filter((line) => line === "held")).toHaveLength(1);
        for (const line of said)
          expect(line).toMatch(/^(held|FolderInUseError: .* is in use by (process \d+ since \S+|another process).*)$/);
        // What the killed left is removed by whoever comes next.
        expect((await readdir(folder)).length).toBeLessThanOrEqual(5);
      }
      const lock = await lockFolder(folder);
      expect((await readdir(folder)).length).toBe(1);
      await lock.release();
      expect(await readdir(folder)).toEqual([]);
    },
    60_000 + ROUNDS * 5_000,
  );

  it("is not taken from a process that is stopped, which holds it without an answer", async () => {
    const folder = await temporaryFolder();
    const stopped = locker(folder);
    await stopped.line();
    stopped.go();
    expect(await stopped.line()).toBe("held");
    stopped.child.kill("SIGSTOP");
    await expect(lockFolder(folder)).rejects.toThrow(/is in use by a process that does not answer: end it, or choose another folder\.$/);
    expect(await isFolderInUse(folder)).toBe(true);
    stopped.child.kill("SIGCONT");
    await expect(lockFolder(folder)).rejects.toThrow(`is in use by process ${stopped.child.pid}`);
    expect(await isFolderInUse(folder)).toBe(true);
    await stopped.kill();
    expect(await isFolderInUse(folder)).toBe(false);
    await (await lockFolder(folder)).release();
  });

  it("is free though something that is no socket bears a socket's name", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, ".in-use.sock"), "");
    await (await lockFolder(folder)).release();
    expect(existsSync(join(folder, ".in-use.sock"))).toBe(false);
  });

  it("is locked also where its path is too long for a socket's", async () => {
    const folder = join(await temporaryFolder(), "a".repeat(120));
    await mkdir(folder);
    const lock = await lockFolder(folder);
    await expect(lockFolder(folder)).rejects.toThrow(`is in use by process ${process.pid}`);
    await lock.release();
    await (await lockFolder(folder)).release();
  });
});
