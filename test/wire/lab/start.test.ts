import { spawn } from "node:child_process";
import { describe, expect, it } from "vitest";
import { readOptions } from "../../../lab/options.ts";
import { type Ended, ended } from "../../support/ended.ts";

/** Runs `npm start`'s program to its end. */
function run(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ["lab/start.ts", ...args]);
  return ended(child);
}

describe("npm start", () => {
  it.each([
    [["--speed", "0"], '--speed takes a number from 1 to 100000; received "0"'],
    [["--speed", "fast"], 'received "fast"'],
    [["--port", "70000"], '--port takes a whole number from 0 to 65535; received "70000"'],
    [["--story", "none"], 'there is no story "none"'],
    [["--no-story", "--exit"], "--no-story cannot stand beside"],
    [["--unknown"], "--unknown"],
    [["positional"], "positional"],
  ])("refuses %j", (args, text) => {
    expect(() => readOptions(args)).toThrow(text);
  });

  it("plays the story to its end and exits with 0, without a colour code in a pipe", async () => {
    const { code, out, err } = await run("--story", "aurora-major-upgrade", "--speed", "20000", "--port", "0", "--exit");
    expect(err).toBe("");
    expect(code).toBe(0);
    expect(out).toContain("Replication is degraded");
    expect(out).toContain("Switched over");
    expect(out).not.toContain("\u001b");
  });
});
