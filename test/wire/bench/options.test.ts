import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { readOptions } from "../../../bench/options.ts";

describe("npm run bench", () => {
  it("measures the storm, the sweep, the warm handler, the start and the recreation where nothing is asked", () => {
    expect(readOptions([])).toEqual({ measures: ["storm", "sweep", "warm", "start", "recreate"], seconds: 60, json: false });
  });

  it("measures one thing with --only", () => {
    expect(readOptions(["--only", "sweep", "--json"])).toEqual({ measures: ["sweep"], seconds: 60, json: true });
  });

  it("compares the start with terraform-aws-notify-slack's function where it is told of a copy", () => {
    expect(readOptions(["--only", "start", "--notify-slack", "copy"])).toMatchObject({ measures: ["start"], notifySlack: "copy" });
  });

  it.each([
    [["--only", "speed"], '--only takes one of storm, sweep, warm, start, recreate; received "speed"'],
    [["--seconds", "0"], '--seconds takes a whole number from 1 to 86400; received "0"'],
    [["--seconds", "1.5"], 'received "1.5"'],
    [["--unknown"], "--unknown"],
    [["positional"], "positional"],
  ])("refuses %j", (args, text) => {
    expect(() => readOptions(args)).toThrow(text);
  });

  it("answers a bad option with what is wrong, where the usage is, and exit code 2", () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ["bench/bench.ts", "--only", "speed"], { encoding: "utf8" });
    expect(status).toBe(2);
    expect(stderr).toContain('received "speed"');
    expect(stderr).toContain("See npm run bench -- --help");
    expect(stdout).toBe("");
  });
});
